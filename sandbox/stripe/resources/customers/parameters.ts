import { z } from "zod";
import {
  address,
  clearable,
  clearableText,
  integer,
  metadata,
  oneOf,
  strict,
  text,
  texts,
  textUpTo,
} from "../../http/parameters";

const shipping = strict({ address, name: text, phone: clearableText.optional() });

const invoiceSettings = strict({
  custom_fields: clearable(z.array(strict({ name: text, value: text })).max(4)).optional(),
  default_payment_method: clearableText.optional(),
  footer: clearableText.optional(),
  rendering_options: clearable(
    strict({
      amount_tax_display: clearable(oneOf("exclude_tax", "include_inclusive_tax")).optional(),
      template: text.optional(),
    }),
  ).optional(),
});

/** What Stripe accepts beyond that. */
export const UNSUPPORTED = ["cash_balance", "source", "validate"] as const;

/** What versions before discounts became lists accept, that is, requests without a version. */
const olderMembers = { coupon: clearableText.optional(), promotion_code: clearableText.optional() };

/** Only on creation. */
export const taxIdData = z.array(strict({ type: text, value: text })).max(5);

/** What both creation and update accept. */
export const customerMembers = {
  ...olderMembers,
  address: clearable(address).optional(),
  balance: integer.optional(),
  business_name: clearableText.optional(),
  description: clearableText.optional(),
  email: clearable(textUpTo(512)).optional(),
  individual_name: clearableText.optional(),
  invoice_prefix: text.optional(),
  invoice_settings: invoiceSettings.optional(),
  metadata: clearable(metadata).optional(),
  name: clearableText.optional(),
  next_invoice_sequence: integer.optional(),
  phone: clearableText.optional(),
  preferred_locales: texts.optional(),
  shipping: clearable(shipping).optional(),
  tax: strict({
    ip_address: clearableText.optional(),
    validate_location: oneOf("auto", "deferred", "immediately").optional(),
  }).optional(),
  tax_exempt: oneOf("exempt", "none", "reverse").optional(),
};
