import { z } from "zod";
import {
  boolean,
  clearable,
  clearableText,
  integer,
  metadata,
  oneOf,
  strict,
  text,
  texts,
} from "../../http/parameters";
import { oneTimePriceData, priceData } from "../prices/parameters";

export const prorationBehavior = oneOf("always_invoice", "create_prorations", "none");
export const paymentBehavior = oneOf(
  "allow_incomplete",
  "default_incomplete",
  "error_if_incomplete",
  "pending_if_incomplete",
);
export const collectionMethod = oneOf("charge_automatically", "send_invoice");
const choice = strict({ coupon: text.optional(), discount: text.optional(), promotion_code: text.optional() });
export const discounts = clearable(z.array(choice)).optional();
const rates = clearable(texts).optional();

/** What a new item of a subscription and a changed one have in common. */
export const itemMembers = {
  discounts,
  price: text.optional(),
  price_data: priceData.optional(),
  quantity: integer.optional(),
  tax_rates: rates,
};

export const newItem = strict({ ...itemMembers, metadata: metadata.optional() });

export const changedItem = strict({
  ...itemMembers,
  clear_usage: boolean.optional(),
  deleted: boolean.optional(),
  id: text.optional(),
  metadata: clearable(metadata).optional(),
});

const invoiceItemPeriod = strict({
  end: strict({ timestamp: integer.optional(), type: oneOf("min_item_period_end", "timestamp") }),
  start: strict({ timestamp: integer.optional(), type: oneOf("max_item_period_start", "now", "timestamp") }),
});

export const addInvoiceItems = z.array(
  strict({
    discountable: boolean.optional(),
    discounts: z.array(choice).optional(),
    metadata: metadata.optional(),
    period: invoiceItemPeriod.optional(),
    price: text.optional(),
    price_data: oneTimePriceData.optional(),
    quantity: integer.optional(),
    tax_rates: rates,
  }),
);

const invoiceSettings = strict({
  custom_fields: clearable(z.array(strict({ name: text, value: text }))).optional(),
  description: clearableText.optional(),
  footer: clearableText.optional(),
});

const paymentSettings = strict({
  payment_method_options: strict({
    card: clearable(strict({ request_three_d_secure: oneOf("any", "automatic", "challenge").optional() })).optional(),
    us_bank_account: clearable(
      strict({ verification_method: oneOf("automatic", "instant", "microdeposits").optional() }),
    ).optional(),
  }).optional(),
  payment_method_types: clearable(texts).optional(),
  save_default_payment_method: oneOf("off", "on_subscription").optional(),
});

const trialSettings = strict({
  end_behavior: strict({
    billing_cycle_anchor: oneOf("now", "unchanged").optional(),
    missing_payment_method: oneOf("cancel", "create_invoice", "pause").optional(),
  }),
});

export const cancelAt = z.union([oneOf("max_period_end", "min_period_end"), integer]);
export const trialEnd = z.union([z.literal("now"), integer]);

/** What creation and update have in common. */
const shared = {
  add_invoice_items: addInvoiceItems.optional(),
  automatic_tax: strict({ enabled: boolean }).optional(),
  cancel_at_period_end: boolean.optional(),
  collection_method: collectionMethod.optional(),
  days_until_due: integer.optional(),
  default_payment_method: text.optional(),
  default_tax_rates: rates,
  description: clearableText.optional(),
  discounts,
  invoice_settings: invoiceSettings.optional(),
  metadata: clearable(metadata).optional(),
  off_session: boolean.optional(),
  payment_behavior: paymentBehavior.optional(),
  payment_settings: paymentSettings.optional(),
  proration_behavior: prorationBehavior.optional(),
  trial_end: trialEnd.optional(),
  trial_from_plan: boolean.optional(),
  trial_settings: trialSettings.optional(),
};

const anchorConfig = strict({
  day_of_month: integer,
  hour: integer.optional(),
  minute: integer.optional(),
  month: integer.optional(),
  second: integer.optional(),
});

export const billingMode = strict({
  flexible: strict({ proration_discounts: oneOf("included", "itemized").optional() }).optional(),
  type: oneOf("classic", "flexible"),
});

export const createParameters = {
  ...shared,
  backdate_start_date: integer.optional(),
  billing_cycle_anchor: integer.optional(),
  billing_cycle_anchor_config: anchorConfig.optional(),
  billing_mode: billingMode.optional(),
  cancel_at: cancelAt.optional(),
  currency: text.optional(),
  customer: text,
  items: z.array(newItem).optional(),
  trial_period_days: integer.optional(),
};

/** As the newest version writes it, and as the ones before did. */
export const anchorChange = z.union([
  oneOf("now", "unchanged").transform((type) => ({ type })),
  strict({ type: oneOf("now", "unchanged") }),
]);

export const cancellationDetails = strict({
  comment: clearableText.optional(),
  feedback: clearable(
    oneOf(
      "customer_service",
      "low_quality",
      "missing_features",
      "other",
      "switched_service",
      "too_complex",
      "too_expensive",
      "unused",
    ),
  ).optional(),
});

export const updateParameters = {
  ...shared,
  billing_cycle_anchor: anchorChange.optional(),
  cancel_at: clearable(cancelAt).optional(),
  cancellation_details: cancellationDetails.optional(),
  items: z.array(changedItem).optional(),
  pause_collection: clearable(
    strict({ behavior: oneOf("keep_as_draft", "mark_uncollectible", "void"), resumes_at: integer.optional() }),
  ).optional(),
  proration_date: integer.optional(),
};

/** What Stripe accepts beyond that. */
export const UNSUPPORTED = [
  "application_fee_percent",
  "billing_schedules",
  "billing_thresholds",
  "customer_account",
  "default_source",
  "on_behalf_of",
  "pending_invoice_item_interval",
  "transfer_data",
] as const;

export type NewItem = z.output<typeof newItem>;
export type ChangedItem = z.output<typeof changedItem>;
export type AddedInvoiceItem = z.output<typeof addInvoiceItems>[number];
export type CreateInput = z.output<z.ZodObject<typeof createParameters>>;
export type UpdateInput = z.output<z.ZodObject<typeof updateParameters>>;
