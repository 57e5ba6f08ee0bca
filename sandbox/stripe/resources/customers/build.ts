import { randomBytes } from "node:crypto";
import type Stripe from "stripe";
import type { z } from "zod";
import type { Account } from "../../account";
import { invalidRequest, resourceMissing, unsupported } from "../../http/errors";
import { newId } from "../../state/ids";
import { mergeMetadata } from "../../state/metadata";
import { wholeAddress } from "../payment-methods/build";
import type { customerMembers } from "./parameters";

export type CustomerInput = z.output<z.ZodObject<typeof customerMembers>>;

export function blankCustomer(account: Account): Stripe.Customer {
  return {
    id: newId("cus").slice(0, 18),
    object: "customer",
    address: null,
    balance: 0,
    created: account.nowUnix(),
    currency: null,
    customer_account: null,
    default_source: null,
    delinquent: false,
    description: null,
    discount: null,
    email: null,
    invoice_prefix: randomBytes(4).toString("hex").toUpperCase(),
    invoice_settings: { custom_fields: null, default_payment_method: null, footer: null, rendering_options: null },
    livemode: false,
    metadata: {},
    name: null,
    next_invoice_sequence: 1,
    phone: null,
    preferred_locales: [],
    shipping: null,
    tax_exempt: "none",
    test_clock: account.clock,
  } satisfies Stripe.Customer;
}

function withDefined<T extends object>(row: T, members: Record<string, unknown>): T {
  return { ...row, ...Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) };
}

/** The customer after what was given is applied. @throws StripeFailure 400 */
export function applied(account: Account, customer: Stripe.Customer, given: CustomerInput): Stripe.Customer {
  const {
    address,
    shipping,
    invoice_settings: settings,
    metadata,
    tax,
    balance,
    coupon,
    promotion_code,
    ...plain
  } = given;
  const rendering = settings?.rendering_options;
  if (rendering?.template) throw unsupported("invoice rendering templates", "invoice_settings[rendering_options]");
  if (plain.email && !/^[^@\s]+@[^@\s]+$/.test(plain.email))
    throw invalidRequest(`Invalid email address: ${plain.email}`, { code: "email_invalid", param: "email" });
  const method = settings?.default_payment_method;
  if (method && account.tables.paymentMethods.get(method)?.customer !== customer.id) {
    throw resourceMissing("PaymentMethod", method, "invoice_settings[default_payment_method]");
  }
  return {
    ...withDefined(customer, plain),
    ...(address !== undefined && { address: address && wholeAddress(address) }),
    ...(shipping !== undefined && {
      shipping: shipping && {
        name: shipping.name,
        phone: shipping.phone ?? null,
        address: wholeAddress(shipping.address),
      },
    }),
    invoice_settings: withDefined(customer.invoice_settings, {
      default_payment_method: method,
      custom_fields: settings?.custom_fields,
      footer: settings?.footer,
      rendering_options: rendering && {
        amount_tax_display: rendering.amount_tax_display ?? null,
        template: rendering.template ?? null,
      },
    }),
    metadata: mergeMetadata(customer.metadata, metadata),
  };
}
