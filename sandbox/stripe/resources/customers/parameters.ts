import {
  address,
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

const shipping = strict({ address, name: text, phone: clearableText.optional() });

const invoiceSettings = strict({
  custom_fields: clearable(loose).optional(),
  default_payment_method: clearableText.optional(),
  footer: clearableText.optional(),
  rendering_options: clearable(loose).optional(),
});

/** What Stripe accepts beyond that. */
export const UNSUPPORTED = [
  "cash_balance",
  "default_source",
  "source",
  "tax_id_data",
  "test_clock",
  "validate",
] as const;

/** What both creation and update accept. */
export const customerMembers = {
  address: clearable(address).optional(),
  balance: integer.optional(),
  business_name: clearableText.optional(),
  description: clearableText.optional(),
  email: clearableText.optional(),
  individual_name: clearableText.optional(),
  invoice_prefix: text.optional(),
  invoice_settings: invoiceSettings.optional(),
  metadata: clearable(metadata).optional(),
  name: clearableText.optional(),
  next_invoice_sequence: integer.optional(),
  phone: clearableText.optional(),
  preferred_locales: texts.optional(),
  shipping: clearable(shipping).optional(),
  tax: loose.optional(),
  tax_exempt: oneOf("exempt", "none", "reverse").optional(),
};
