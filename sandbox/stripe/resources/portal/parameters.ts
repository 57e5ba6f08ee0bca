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

const proration = oneOf("always_invoice", "create_prorations", "none");

export const CANCELLATION_REASONS = [
  "customer_service",
  "low_quality",
  "missing_features",
  "other",
  "switched_service",
  "too_complex",
  "too_expensive",
  "unused",
] as const;

const product = strict({
  adjustable_quantity: strict({
    enabled: boolean,
    maximum: integer.optional(),
    minimum: integer.optional(),
  }).optional(),
  prices: texts,
  product: text,
});

const enabled = strict({ enabled: boolean });

/** The features of a configuration, as a creation or an update gives them. */
export const features = strict({
  customer_update: strict({
    allowed_updates: clearable(z.array(oneOf("address", "email", "name", "phone", "shipping", "tax_id"))).optional(),
    enabled: boolean.optional(),
  }).optional(),
  invoice_history: enabled.optional(),
  payment_method_update: strict({
    enabled: boolean,
    payment_method_configuration: clearableText.optional(),
  }).optional(),
  subscription_cancel: strict({
    cancellation_reason: strict({
      enabled: boolean,
      feedback_options: clearable(texts).optional(),
      options: clearable(z.array(oneOf(...CANCELLATION_REASONS))).optional(),
    }).optional(),
    enabled: boolean.optional(),
    mode: oneOf("at_period_end", "immediately").optional(),
    proration_behavior: proration.optional(),
  }).optional(),
  subscription_pause: strict({
    duration: strict({
      interval_options: clearable(
        z.array(strict({ interval: oneOf("day", "month", "week", "year"), interval_count: integer.optional() })),
      ).optional(),
      type: oneOf("indefinite", "interval_options"),
    }).optional(),
    enabled: boolean.optional(),
  }).optional(),
  subscription_update: strict({
    billing_cycle_anchor: oneOf("now", "unchanged").optional(),
    default_allowed_updates: clearable(z.array(oneOf("price", "promotion_code", "quantity"))).optional(),
    enabled: boolean.optional(),
    products: clearable(z.array(product)).optional(),
    proration_behavior: proration.optional(),
    schedule_at_period_end: strict({
      conditions: clearable(
        z.array(strict({ type: oneOf("decreasing_item_amount", "shortening_interval") })),
      ).optional(),
    }).optional(),
    trial_update_behavior: oneOf("continue_trial", "end_trial").optional(),
  }).optional(),
});

/** What both creation and update accept. */
export const members = {
  business_profile: strict({
    headline: clearableText.optional(),
    privacy_policy_url: clearableText.optional(),
    terms_of_service_url: clearableText.optional(),
  }).optional(),
  default_return_url: clearableText.optional(),
  login_page: enabled.optional(),
  metadata: clearable(metadata).optional(),
  name: clearableText.optional(),
};

export type Features = z.output<typeof features>;
export type Members = z.output<z.ZodObject<typeof members>>;

const CANCEL = strict({
  retention: strict({ coupon_offer: strict({ coupon: text }), type: oneOf("coupon_offer") }).optional(),
  subscription: text,
});

/** `flow_data` of a session: the one thing the customer was sent to do. */
export const flowData = strict({
  after_completion: strict({
    hosted_confirmation: strict({ custom_message: clearableText.optional() }).optional(),
    redirect: strict({ return_url: text }).optional(),
    type: oneOf("hosted_confirmation", "portal_homepage", "redirect"),
  }).optional(),
  subscription_cancel: CANCEL.optional(),
  subscription_pause: strict({ subscription: text }).optional(),
  subscription_update: strict({ subscription: text }).optional(),
  subscription_update_confirm: strict({
    discounts: z.array(strict({ coupon: text.optional(), promotion_code: text.optional() })).optional(),
    items: z.array(strict({ id: text, price: text.optional(), quantity: integer.optional() })),
    subscription: text,
  }).optional(),
  type: oneOf(
    "customer_update",
    "payment_method_update",
    "subscription_cancel",
    "subscription_pause",
    "subscription_update",
    "subscription_update_confirm",
  ),
});

export type FlowData = z.output<typeof flowData>;

/** Languages of Stripe's hosted pages; those without texts of ours are shown in English. */
export const LOCALES = [
  ..."auto bg cs da de el en en-AU en-CA en-GB en-IE en-IN en-NZ en-SG es es-419 et fi fil fr fr-CA hr hu id it ja".split(
    " ",
  ),
  ..."ko lt lv ms mt nb nl pl pt pt-BR ro ru sk sl sv th tr vi zh zh-HK zh-TW".split(" "),
];
