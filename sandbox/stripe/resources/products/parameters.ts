import { z } from "zod";
import {
  boolean,
  clearable,
  clearableText,
  decimal,
  metadata,
  oneOf,
  strict,
  text,
  texts,
} from "../../http/parameters";
import { amounts, currencyOptions, recurring } from "../prices/parameters";

const dimensions = strict({ height: decimal, length: decimal, weight: decimal, width: decimal });
const taxDetails = strict({ performance_location: text.optional(), tax_code: clearableText.optional() });
const { tiers: _tiers, ...unitAmounts } = amounts;

const defaultPriceData = strict({
  ...unitAmounts,
  currency: text,
  currency_options: currencyOptions.optional(),
  metadata: metadata.optional(),
  recurring: recurring.pick({ interval: true, interval_count: true }).optional(),
});

/** What both creation and update accept. */
export const productMembers = {
  active: boolean.optional(),
  description: clearableText.optional(),
  images: clearable(texts.max(8)).optional(),
  marketing_features: clearable(z.array(strict({ name: text })).max(15)).optional(),
  metadata: clearable(metadata).optional(),
  package_dimensions: clearable(dimensions).optional(),
  shippable: boolean.optional(),
  statement_descriptor: clearableText.optional(),
  tax_code: clearableText.optional(),
  tax_details: clearable(taxDetails).optional(),
  unit_label: clearableText.optional(),
  url: clearableText.optional(),
};

export const creation = {
  ...productMembers,
  default_price_data: defaultPriceData.optional(),
  id: text.optional(),
  name: text,
  type: oneOf("good", "service").optional(),
};

export const changes = { ...productMembers, default_price: clearableText.optional(), name: text.optional() };

export type ProductMembers = z.output<z.ZodObject<typeof productMembers>>;
export type ProductInput = z.output<z.ZodObject<typeof creation>>;
export type ProductChanges = z.output<z.ZodObject<typeof changes>>;
