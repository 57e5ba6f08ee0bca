import { z } from "zod";
import {
  boolean,
  clearable,
  clearableText,
  decimal,
  integer,
  metadata,
  strict,
  text,
  texts,
} from "../../http/parameters";
import { oneTimePriceData } from "../prices/parameters";

export const discountChoices = clearable(
  z.array(strict({ coupon: text.optional(), discount: text.optional(), promotion_code: text.optional() })),
);

const period = strict({ end: integer, start: integer });

/** What an invoice item and a line of an invoice are both made of. */
export const lineMembers = {
  amount: integer.optional(),
  description: clearableText.optional(),
  discountable: boolean.optional(),
  discounts: discountChoices.optional(),
  metadata: clearable(metadata).optional(),
  period: period.optional(),
  price_data: oneTimePriceData.optional(),
  pricing: strict({ price: text.optional() }).optional(),
  quantity: integer.optional(),
  quantity_decimal: decimal.optional(),
  tax_rates: clearable(texts).optional(),
};

export const itemMembers = { ...lineMembers, unit_amount_decimal: decimal.optional() };

/** They only matter to automatic tax. */
export const UNSUPPORTED = ["customer_account", "tax_behavior", "tax_code"] as const;

export type LineInput = z.output<z.ZodObject<typeof itemMembers>>;
