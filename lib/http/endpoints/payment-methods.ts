import { z } from "zod";
import { METHOD_STATUSES } from "@/db/schema/payment-methods";
import { invalid } from "@/lib/errors";
import type { PaymentMethodId } from "@/lib/ids";
import { toPage } from "@/lib/paging";
import {
  attachPaymentMethod,
  openPortal,
  removePaymentMethod,
  setDefault,
  startSetup,
} from "@/lib/payment-methods/commands";
import { listPaymentMethods } from "@/lib/payment-methods/queries";
import type { PaymentMethod } from "@/lib/payment-methods/types";
import { endpoint } from "../endpoint";
import { listOut, pageQuery } from "../lists";
import { time, timeOut } from "../money";

const text = z.string().nullable();
export const methodOut = z.object({
  id: z.string(),
  tenantId: z.uuid(),
  customerId: z.string(),
  type: z.string().meta({ description: "`card`, `bank_account`, or the name of another type at Stripe" }),
  card: z
    .object({
      brand: z.string(),
      last4: z.string(),
      expMonth: z.int(),
      expYear: z.int(),
      funding: z.string(),
      country: text,
    })
    .nullable(),
  bankAccount: z.object({ bankName: text, last4: text, accountType: text }).nullable(),
  billingName: text,
  billingAddress: z
    .object({ line1: text, line2: text, city: text, state: text, postalCode: text, country: text })
    .nullable(),
  isDefault: z.boolean(),
  isBackup: z.boolean(),
  status: z.enum(METHOD_STATUSES),
  createdAt: timeOut,
});

export const presentMethod = (method: PaymentMethod): z.input<typeof methodOut> => ({
  id: method.paymentMethodId,
  tenantId: method.tenantId,
  customerId: method.stripeCustomerId,
  // Stripe calls American bank accounts us_bank_account; the API's word does not name a country.
  type: method.type === "us_bank_account" ? "bank_account" : method.type,
  card: method.card,
  bankAccount: method.bankAccount,
  billingName: method.billingName,
  billingAddress: method.billingAddress,
  isDefault: method.isDefault,
  isBackup: method.isBackup,
  status: method.status,
  createdAt: time(method.createdAt),
});

const params = z.object({ id: z.string().max(255) });

export const getPaymentMethods = endpoint({
  method: "GET",
  path: "/payment-methods",
  tag: "Payment methods",
  summary: "List payment methods",
  access: { role: "member", scope: "payment-methods:read" },
  query: pageQuery,
  answer: { status: 200, description: "A page of payment methods, newest first", schema: listOut(methodOut) },
  handle: async ({ scope, query }) => {
    if (query.cursor && !/^\w+$/.test(query.cursor)) throw invalid("cursor", "is not one that this list gave out");
    const after = query.cursor as PaymentMethodId | undefined;
    const page = toPage(
      await listPaymentMethods(scope, { limit: query.limit + 1, after }),
      query.limit,
      (method) => method.paymentMethodId,
    );
    return { body: { data: page.data.map(presentMethod), nextCursor: page.nextCursor } };
  },
});

export const postPaymentMethod = endpoint({
  method: "POST",
  path: "/payment-methods",
  tag: "Payment methods",
  summary: "Begin saving a payment method, or attach one",
  description:
    "With `{}`: a SetupIntent whose client secret Stripe.js confirms in the browser. With `paymentMethodId`: attaches a method that was made at Stripe.",
  access: { role: "admin", scope: "payment-methods:write" },
  secretAnswer: true,
  body: () => z.strictObject({ paymentMethodId: z.string().min(1).max(255).optional() }),
  answer: {
    status: 201,
    description: "The SetupIntent's secret, or the attached method",
    schema: z.union([z.object({ setupIntentClientSecret: z.string(), setupIntentId: z.string() }), methodOut]),
  },
  refusals: ["payment_method_declined", "stripe_unavailable"],
  example: {},
  handle: async ({ scope, body }) => {
    if (body.paymentMethodId === undefined) return { body: await startSetup(scope) };
    return { body: presentMethod(await attachPaymentMethod(scope, body.paymentMethodId)) };
  },
});

export const deletePaymentMethod = endpoint({
  method: "DELETE",
  path: "/payment-methods/{id}",
  tag: "Payment methods",
  summary: "Remove a payment method",
  access: { role: "admin", scope: "payment-methods:write" },
  params,
  answer: {
    status: 200,
    description: "The method is gone",
    schema: z.object({
      id: z.string(),
      removed: z.literal(true),
      ruleUsesDefaultNow: z.boolean().meta({ description: "The auto-recharge rule named it and uses the default now" }),
    }),
  },
  refusals: ["payment_method_in_use", "stripe_unavailable"],
  handle: async ({ scope, params: { id } }) => {
    const { ruleUsesDefaultNow } = await removePaymentMethod(scope, id as PaymentMethodId);
    return { body: { id, removed: true, ruleUsesDefaultNow } };
  },
});

export const postDefault = endpoint({
  method: "POST",
  path: "/payment-methods/{id}/default",
  tag: "Payment methods",
  summary: "Make a payment method the default",
  access: { role: "admin", scope: "payment-methods:write" },
  params,
  answer: { status: 200, description: "The method", schema: methodOut },
  refusals: ["stripe_unavailable"],
  handle: async ({ scope, params: { id } }) => ({
    body: presentMethod(await setDefault(scope, id as PaymentMethodId)),
  }),
});

export const postPortal = endpoint({
  method: "POST",
  path: "/payment-methods/portal",
  tag: "Payment methods",
  summary: "Open Stripe's Customer Portal",
  access: { role: "admin", scope: "payment-methods:write" },
  secretAnswer: true,
  body: () => z.strictObject({ returnUrl: z.string().min(1).max(2_000).optional() }),
  answer: { status: 200, description: "Where to send the person", schema: z.object({ url: z.url() }) },
  refusals: ["stripe_unavailable"],
  example: { returnUrl: "http://localhost:3010/payment-methods" },
  handle: async ({ scope, body }) => ({ body: await openPortal(scope, body) }),
});
