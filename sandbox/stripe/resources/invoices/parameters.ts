import { z } from "zod";
import {
  address,
  boolean,
  clearable,
  clearableText,
  integer,
  loose,
  metadata,
  oneOf,
  strict,
  text,
  texts,
} from "../../http/parameters";
import { discountChoices } from "../invoice-items/parameters";

const methodOptions = strict({
  card: clearable(strict({ request_three_d_secure: oneOf("any", "automatic", "challenge").optional() })).optional(),
  us_bank_account: clearable(
    strict({
      financial_connections: loose.optional(),
      verification_method: oneOf("automatic", "instant", "microdeposits").optional(),
    }),
  ).optional(),
});

const rendering = strict({
  amount_tax_display: clearable(oneOf("exclude_tax", "include_inclusive_tax")).optional(),
  pdf: strict({ page_size: oneOf("a4", "auto", "letter").optional() }).optional(),
});

/** What both creation and update accept. */
export const invoiceMembers = {
  auto_advance: boolean.optional(),
  automatic_tax: strict({ enabled: boolean }).optional(),
  automatically_finalizes_at: integer.optional(),
  collection_method: oneOf("charge_automatically", "send_invoice").optional(),
  custom_fields: clearable(z.array(strict({ name: text, value: text }))).optional(),
  days_until_due: integer.optional(),
  default_payment_method: clearableText.optional(),
  default_tax_rates: clearable(texts).optional(),
  description: clearableText.optional(),
  discounts: discountChoices.optional(),
  due_date: integer.optional(),
  effective_at: clearable(integer).optional(),
  footer: clearableText.optional(),
  metadata: clearable(metadata).optional(),
  number: clearableText.optional(),
  payment_settings: strict({
    default_mandate: clearableText.optional(),
    payment_method_options: methodOptions.optional(),
    payment_method_types: clearable(texts).optional(),
  }).optional(),
  rendering: rendering.optional(),
  shipping_details: clearable(strict({ address, name: text, phone: clearableText.optional() })).optional(),
  statement_descriptor: clearableText.optional(),
};

export const creation = {
  ...invoiceMembers,
  currency: text.optional(),
  customer: text,
  from_invoice: strict({ action: oneOf("revision"), invoice: text }).optional(),
  pending_invoice_items_behavior: oneOf("exclude", "include").optional(),
  subscription: text.optional(),
};

/** A line that leaves: its item is deleted, or waits again. */
export const removedLine = strict({ behavior: oneOf("delete", "unassign"), id: text });

/** What Stripe accepts beyond that. */
export const UNSUPPORTED = [
  "account_tax_ids",
  "application_fee_amount",
  "customer_account",
  "default_source",
  "issuer",
  "on_behalf_of",
  "shipping_cost",
  "transfer_data",
] as const;

export type InvoiceInput = z.output<z.ZodObject<typeof invoiceMembers>>;
export type CreationInput = z.output<z.ZodObject<typeof creation>>;
