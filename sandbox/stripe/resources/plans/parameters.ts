import { z } from "zod";
import { boolean, clearable, clearableText, integer, metadata, oneOf, text } from "../../http/parameters";
import { amounts, creation as priceCreation } from "../prices/parameters";

const { product_data: productData, product, recurring: _recurring, ...priceMembers } = priceCreation;

/** `POST /v1/plans`: a recurring price in the words that came before prices. */
export const creation = {
  active: priceMembers.active,
  amount: amounts.unit_amount,
  amount_decimal: amounts.unit_amount_decimal,
  billing_scheme: priceMembers.billing_scheme,
  currency: priceMembers.currency,
  id: text.optional(),
  interval: oneOf("day", "month", "week", "year"),
  interval_count: integer.optional(),
  metadata: clearable(metadata).optional(),
  meter: text.optional(),
  nickname: priceMembers.nickname,
  product: z.union([product, productData]),
  tiers: amounts.tiers,
  tiers_mode: priceMembers.tiers_mode,
  transform_usage: priceMembers.transform_quantity,
  trial_period_days: integer.optional(),
  usage_type: oneOf("licensed", "metered").optional(),
};

/** What may still change. */
export const changes = {
  active: boolean.optional(),
  metadata: clearable(metadata).optional(),
  nickname: clearableText.optional(),
};

export type PlanInput = z.output<z.ZodObject<typeof creation>>;
