import { z } from "zod";
import { AppError } from "@/lib/errors";
import type { PaymentMethodId } from "@/lib/ids";
import { changeBilling, setBackup } from "@/lib/payment-methods/billing";
import { verificationLink } from "@/lib/payment-methods/hosted";
import { verifyMethod } from "@/lib/payment-methods/verify";
import { endpoint } from "../endpoint";
import { time, timeOut } from "../money";
import { methodOut, presentMethod } from "./payment-methods";

const params = z.object({ id: z.string().max(255) });
const access = { role: "admin", scope: "payment-methods:write" } as const;
const answer = { status: 200, description: "The method", schema: methodOut };
const part = (longest: number) => z.string().trim().max(longest).nullable().default(null);

export const patchPaymentMethod = endpoint({
  method: "PATCH",
  path: "/payment-methods/{id}",
  tag: "Payment methods",
  summary: "Change a payment method's billing name and address",
  access,
  params,
  body: () =>
    z
      .strictObject({
        billingName: z.string().trim().min(1).max(200).optional(),
        billingAddress: z
          .strictObject({
            line1: part(200),
            line2: part(200),
            city: part(100),
            state: part(100),
            postalCode: part(20),
            country: z
              .string()
              .regex(/^[A-Z]{2}$/, "must be an ISO 3166 code such as US")
              .nullable()
              .default(null),
          })
          .optional(),
      })
      .refine((given) => Object.keys(given).length > 0, "must change something"),
  answer,
  refusals: ["stripe_unavailable"],
  example: { billingAddress: { line1: "1 Harbour Street", city: "Boston", postalCode: "02110", country: "US" } },
  handle: async ({ scope, params: { id }, body }) => ({
    body: presentMethod(
      await changeBilling(scope, id as PaymentMethodId, {
        ...(body.billingName && { name: body.billingName }),
        ...(body.billingAddress && { address: body.billingAddress }),
      }),
    ),
  }),
});

export const postBackup = endpoint({
  method: "POST",
  path: "/payment-methods/{id}/backup",
  tag: "Payment methods",
  summary: "Make a payment method the backup",
  description: "It is tried once when the first one is declined. `backup: false` takes it back.",
  access,
  params,
  body: () => z.strictObject({ backup: z.boolean().default(true) }),
  answer,
  example: {},
  handle: async ({ scope, params: { id }, body }) => ({
    body: presentMethod(await setBackup(scope, id as PaymentMethodId, body.backup)),
  }),
});

export const getVerification = endpoint({
  method: "GET",
  path: "/payment-methods/{id}/verification",
  tag: "Payment methods",
  summary: "Where a bank account's two small deposits are confirmed",
  access: { role: "admin", scope: "payment-methods:read" },
  params,
  answer: {
    status: 200,
    description: "Stripe's page, and when the deposits arrive",
    schema: z.object({ url: z.url(), depositsArriveAt: timeOut }),
  },
  refusals: ["stripe_unavailable"],
  handle: async ({ scope, params: { id } }) => {
    const link = await verificationLink(scope, id as PaymentMethodId);
    if (!link) throw new AppError("not_found", "This payment method does not wait for deposits");
    return { body: { url: link.url, depositsArriveAt: time(link.depositsArriveAt) } };
  },
});

export const postVerify = endpoint({
  method: "POST",
  path: "/payment-methods/{id}/verify",
  tag: "Payment methods",
  summary: "Confirm a bank account by its two small deposits",
  description: "The two amounts in cents, or the code that stands beside them on the statement.",
  access,
  params,
  body: () =>
    z.union([
      z.strictObject({ amounts: z.tuple([z.int().min(1).max(99), z.int().min(1).max(99)]) }),
      z.strictObject({ descriptorCode: z.string().regex(/^SM\w{4}$/, "must read SM and four characters") }),
    ]),
  answer,
  refusals: ["stripe_unavailable"],
  example: { amounts: [32, 45] },
  handle: async ({ scope, params: { id }, body }) => ({
    body: presentMethod(await verifyMethod(scope, id as PaymentMethodId, body)),
  }),
});
