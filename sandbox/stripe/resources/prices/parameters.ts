import type { z } from "zod";
import { decimal, integer, metadata, oneOf, strict, text } from "../../http/parameters";

export const taxBehavior = oneOf("exclusive", "inclusive", "unspecified");

const inlineProduct = strict({
  description: text.optional(),
  images: text.array().optional(),
  metadata: metadata.optional(),
  name: text,
  tax_code: text.optional(),
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
  recurring: strict({
    interval: oneOf("day", "month", "week", "year"),
    interval_count: integer.optional(),
  }).optional(),
});

export type InlinePrice = z.output<typeof priceData>;
