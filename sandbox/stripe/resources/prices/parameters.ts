import { z } from "zod";
import { boolean, decimal, integer, metadata, oneOf, strict, text, texts } from "../../http/parameters";

export const taxBehavior = oneOf("exclusive", "inclusive", "unspecified");
const interval = oneOf("day", "month", "week", "year");

const tier = strict({
  flat_amount: integer.optional(),
  flat_amount_decimal: decimal.optional(),
  unit_amount: integer.optional(),
  unit_amount_decimal: decimal.optional(),
  up_to: z.union([z.literal("inf"), integer]),
});

const customUnitAmount = strict({
  enabled: boolean,
  maximum: integer.optional(),
  minimum: integer.optional(),
  preset: integer.optional(),
});

/** What a price costs in one currency. */
export const amounts = {
  custom_unit_amount: customUnitAmount.optional(),
  tax_behavior: taxBehavior.optional(),
  tiers: z.array(tier).optional(),
  unit_amount: integer.optional(),
  unit_amount_decimal: decimal.optional(),
};

export const currencyOptions = z.record(z.string(), strict(amounts));

const taxDetails = strict({ performance_location: text.optional(), tax_code: z.string().optional() });

const productData = strict({
  active: boolean.optional(),
  id: text.optional(),
  metadata: metadata.optional(),
  name: text,
  statement_descriptor: text.optional(),
  tax_code: text.optional(),
  tax_details: taxDetails.optional(),
  unit_label: text.optional(),
});

export const recurring = strict({
  interval,
  interval_count: integer.optional(),
  meter: text.optional(),
  trial_period_days: integer.optional(),
  usage_type: oneOf("licensed", "metered").optional(),
});

/** `POST /v1/prices`. */
export const creation = {
  ...amounts,
  active: boolean.optional(),
  billing_scheme: oneOf("per_unit", "tiered").optional(),
  currency: text,
  currency_options: currencyOptions.optional(),
  lookup_key: text.optional(),
  metadata: metadata.optional(),
  nickname: text.optional(),
  product: text.optional(),
  product_data: productData.optional(),
  recurring: recurring.optional(),
  tiers_mode: oneOf("graduated", "volume").optional(),
  transfer_lookup_key: boolean.optional(),
  transform_quantity: strict({ divide_by: integer, round: oneOf("down", "up") }).optional(),
};

const inlineProduct = strict({
  description: text.optional(),
  images: texts.optional(),
  metadata: metadata.optional(),
  name: text,
  tax_code: text.optional(),
  tax_details: taxDetails.optional(),
  unit_label: text.optional(),
});

const inline = {
  currency: text,
  product: text.optional(),
  product_data: inlineProduct.optional(),
  tax_behavior: taxBehavior.optional(),
  unit_amount: integer.optional(),
  unit_amount_decimal: decimal.optional(),
};

/** `price_data` of a one-off: invoice items, checkout in payment mode. */
export const oneTimePriceData = strict(inline);

/** `price_data` of a subscription item or of checkout: with or without `recurring`. */
export const priceData = strict({
  ...inline,
  recurring: strict({ interval, interval_count: integer.optional() }).optional(),
});

export type InlinePrice = z.output<typeof priceData>;
export type PriceInput = z.output<z.ZodObject<typeof creation>>;
export type AmountsInput = z.output<z.ZodObject<typeof amounts>>;
