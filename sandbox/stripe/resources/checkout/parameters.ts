import { z } from "zod";
import {
  address,
  boolean,
  clearable,
  clearableText,
  integer,
  metadata,
  notSupportedMembers,
  oneOf,
  strict,
  text,
  texts,
} from "../../http/parameters";
import { methodOptions } from "../intent-parameters";
import { allowRedisplay } from "../payment-methods/parameters";
import { LOCALES } from "../portal/parameters";
import { priceData } from "../prices/parameters";
import { billingMode } from "../subscriptions/parameters";

const message = clearable(strict({ message: text })).optional();
const adjustable = strict({ enabled: boolean, maximum: integer.optional(), minimum: integer.optional() });
const length = { maximum_length: integer.optional(), minimum_length: integer.optional() };
const onOff = oneOf("disabled", "enabled");
const collected = oneOf("auto", "never");

export const lineItem = strict({
  adjustable_quantity: adjustable.optional(),
  metadata: metadata.optional(),
  price: text.optional(),
  price_data: priceData.optional(),
  quantity: integer.optional(),
  tax_rates: texts.optional(),
});

export const customField = strict({
  dropdown: strict({
    default_value: text.optional(),
    options: z.array(strict({ label: text, value: text })),
  }).optional(),
  key: text,
  label: strict({ custom: text, type: oneOf("custom") }),
  numeric: strict({ default_value: text.optional(), ...length }).optional(),
  optional: boolean.optional(),
  text: strict({ default_value: text.optional(), ...length }).optional(),
  type: oneOf("dropdown", "numeric", "text"),
});

const invoiceData = strict({
  custom_fields: clearable(z.array(strict({ name: text, value: text }))).optional(),
  description: text.optional(),
  footer: text.optional(),
  metadata: metadata.optional(),
  ...notSupportedMembers("account_tax_ids", "issuer", "rendering_options"),
});

const paymentIntentData = strict({
  capture_method: oneOf("automatic", "automatic_async", "manual").optional(),
  description: text.optional(),
  metadata: metadata.optional(),
  receipt_email: text.optional(),
  setup_future_usage: oneOf("off_session", "on_session").optional(),
  shipping: strict({
    address,
    carrier: text.optional(),
    name: text,
    phone: text.optional(),
    tracking_number: text.optional(),
  }).optional(),
  statement_descriptor: text.optional(),
  statement_descriptor_suffix: text.optional(),
  transfer_group: text.optional(),
  ...notSupportedMembers("application_fee_amount", "on_behalf_of", "transfer_data"),
});

const subscriptionData = strict({
  billing_cycle_anchor: integer.optional(),
  billing_cycle_anchor_config: strict({
    day_of_month: integer,
    hour: integer.optional(),
    minute: integer.optional(),
    month: integer.optional(),
    second: integer.optional(),
  }).optional(),
  billing_mode: billingMode.optional(),
  default_tax_rates: texts.optional(),
  description: text.optional(),
  metadata: metadata.optional(),
  proration_behavior: oneOf("create_prorations", "none").optional(),
  trial_end: integer.optional(),
  trial_period_days: integer.optional(),
  trial_settings: strict({
    end_behavior: strict({ missing_payment_method: oneOf("cancel", "create_invoice", "pause") }),
  }).optional(),
  ...notSupportedMembers(
    "application_fee_percent",
    "invoice_settings",
    "on_behalf_of",
    "pending_invoice_item_interval",
    "transfer_data",
  ),
});

export const createParameters = {
  allow_promotion_codes: boolean.optional(),
  allowed_payment_method_types: texts.optional(),
  billing_address_collection: oneOf("auto", "required").optional(),
  cancel_url: text.optional(),
  client_reference_id: text.optional(),
  consent_collection: strict({
    payment_method_reuse_agreement: strict({ position: oneOf("auto", "hidden") }).optional(),
    promotions: oneOf("auto", "none").optional(),
    terms_of_service: oneOf("none", "required").optional(),
  }).optional(),
  currency: text.optional(),
  custom_fields: z.array(customField).optional(),
  custom_text: strict({
    after_submit: message,
    shipping_address: message,
    submit: message,
    terms_of_service_acceptance: message,
  }).optional(),
  customer: text.optional(),
  customer_creation: oneOf("always", "if_required").optional(),
  customer_email: text.optional(),
  customer_update: strict({
    address: collected.optional(),
    name: collected.optional(),
    shipping: collected.optional(),
  }).optional(),
  discounts: z.array(strict({ coupon: text.optional(), promotion_code: text.optional() })).optional(),
  excluded_payment_method_types: texts.optional(),
  expires_at: integer.optional(),
  integration_identifier: text.optional(),
  invoice_creation: strict({ enabled: boolean, invoice_data: invoiceData.optional() }).optional(),
  line_items: z.array(lineItem).optional(),
  locale: oneOf(...LOCALES, "hi-IN").optional(),
  metadata: metadata.optional(),
  mode: oneOf("payment", "setup", "subscription").optional(),
  origin_context: oneOf("mobile_app", "web").optional(),
  payment_intent_data: paymentIntentData.optional(),
  payment_method_collection: oneOf("always", "if_required").optional(),
  payment_method_data: strict({ allow_redisplay: allowRedisplay.optional() }).optional(),
  payment_method_options: methodOptions.optional(),
  payment_method_types: texts.optional(),
  phone_number_collection: strict({ enabled: boolean }).optional(),
  saved_payment_method_options: strict({
    allow_redisplay_filters: z.array(allowRedisplay).optional(),
    payment_method_remove: onOff.optional(),
    payment_method_save: onOff.optional(),
  }).optional(),
  setup_intent_data: strict({
    description: text.optional(),
    metadata: metadata.optional(),
    ...notSupportedMembers("on_behalf_of"),
  }).optional(),
  submit_type: oneOf("auto", "book", "donate", "pay", "subscribe").optional(),
  subscription_data: subscriptionData.optional(),
  success_url: text.optional(),
  tax_id_collection: strict({ enabled: boolean, required: oneOf("if_supported", "never").optional() }).optional(),
  ui_mode: oneOf("elements", "embedded_page", "form", "hosted_page").optional(),
};

export const updateParameters = {
  metadata: clearable(metadata).optional(),
  payment_intent_data: strict({
    description: clearableText.optional(),
    metadata: clearable(metadata).optional(),
    statement_descriptor: clearableText.optional(),
    statement_descriptor_suffix: clearableText.optional(),
  }).optional(),
};

/** What Stripe accepts beyond that. */
export const UNSUPPORTED = [
  "adaptive_pricing",
  "after_expiration",
  "automatic_tax",
  "branding_settings",
  "customer_account",
  "managed_payments",
  "name_collection",
  "optional_items",
  "payment_method_configuration",
  "permissions",
  "redirect_on_completion",
  "return_url",
  "shipping_address_collection",
  "shipping_options",
  "wallet_options",
] as const;

export type CreateInput = z.output<z.ZodObject<typeof createParameters>>;
export type LineInput = z.output<typeof lineItem>;
