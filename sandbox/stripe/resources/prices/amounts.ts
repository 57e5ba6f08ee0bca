import type Stripe from "stripe";
import { invalidRequest } from "../../http/errors";
import { asDecimal, decimalOf, wholeOf } from "../pricing/decimal";
import type { AmountsInput } from "./parameters";

/** The largest amount that anything may cost, minor units. */
export const MOST_MINOR = 999_999_999_999;

function notNegative(value: number | string | undefined, param: string): void {
  if (value !== undefined && Number(value) < 0)
    throw invalidRequest("This value must be greater than or equal to 0.", {
      param,
      code: "parameter_invalid_integer",
    });
}

function exclusive(one: unknown, other: unknown, names: [string, string], prefix: string): void {
  if (one === undefined || other === undefined) return;
  throw invalidRequest(`You may only specify one of these parameters: ${names.join(", ")}.`, {
    param: `${prefix}${names[0]}`,
  });
}

function decimalPair(whole: number | undefined, decimal: string | undefined) {
  const text = decimalOf(whole, decimal);
  return { whole: wholeOf(text), decimal: text === null ? null : asDecimal(text) };
}

function readTier(given: NonNullable<AmountsInput["tiers"]>[number], param: string): Stripe.Price.CurrencyOptions.Tier {
  exclusive(given.unit_amount, given.unit_amount_decimal, ["unit_amount", "unit_amount_decimal"], `${param}.`);
  exclusive(given.flat_amount, given.flat_amount_decimal, ["flat_amount", "flat_amount_decimal"], `${param}.`);
  const unit = decimalPair(given.unit_amount, given.unit_amount_decimal);
  const flat = decimalPair(given.flat_amount, given.flat_amount_decimal);
  notNegative(unit.decimal === null ? undefined : String(unit.decimal), `${param}[unit_amount]`);
  notNegative(flat.decimal === null ? undefined : String(flat.decimal), `${param}[flat_amount]`);
  if (unit.decimal === null && flat.decimal === null)
    throw invalidRequest("Each tier must have at least one of `unit_amount` or `flat_amount`.", { param });
  return {
    flat_amount: flat.whole,
    flat_amount_decimal: flat.decimal,
    unit_amount: unit.whole,
    unit_amount_decimal: unit.decimal,
    up_to: given.up_to === "inf" ? null : given.up_to,
  };
}

/** Tiers must rise, and the last one must be without end. */
function readTiers(given: NonNullable<AmountsInput["tiers"]>, param: string): Stripe.Price.CurrencyOptions.Tier[] {
  const tiers = given.map((tier, at) => readTier(tier, `${param}[${at}]`));
  if (tiers.length === 0 || tiers.at(-1)?.up_to !== null)
    throw invalidRequest("The last tier in the tiers array must be a catch-all tier, with `up_to` set to `inf`.", {
      param,
    });
  tiers.forEach((tier, at) => {
    const before = at === 0 ? 0 : tiers[at - 1]?.up_to;
    if (at < tiers.length - 1 && (tier.up_to === null || before === null || tier.up_to <= (before ?? 0)))
      throw invalidRequest("Each tier's `up_to` must be greater than the one before.", {
        param: `${param}[${at}][up_to]`,
      });
  });
  return tiers;
}

/**
 * What a price costs in one currency, complete.
 * @param tiered whether the price is `billing_scheme: tiered`
 * @param prefix of parameter names in errors, such as `currency_options[eur]`
 * @throws StripeFailure 400
 */
export function readAmounts(given: AmountsInput, tiered: boolean, prefix = ""): Stripe.Price.CurrencyOptions {
  const name = (member: string) => (prefix ? `${prefix}[${member}]` : member);
  exclusive(given.unit_amount, given.unit_amount_decimal, ["unit_amount", "unit_amount_decimal"], "");
  notNegative(given.unit_amount, name("unit_amount"));
  notNegative(given.unit_amount_decimal, name("unit_amount_decimal"));
  const unit = decimalPair(given.unit_amount, given.unit_amount_decimal);
  if ((unit.whole ?? 0) > MOST_MINOR)
    throw invalidRequest("Amount must be no more than $9,999,999,999.99", { param: name("unit_amount") });
  const custom = given.custom_unit_amount?.enabled ? given.custom_unit_amount : null;
  if (tiered) {
    if (unit.decimal !== null || custom)
      throw invalidRequest("You cannot set `unit_amount` when `billing_scheme` is `tiered`; set `tiers` instead.", {
        param: name("unit_amount"),
      });
    if (!given.tiers)
      throw invalidRequest(`Missing required param: ${name("tiers")}.`, {
        param: name("tiers"),
        code: "parameter_missing",
      });
  } else {
    if (given.tiers)
      throw invalidRequest("`tiers` can only be set when `billing_scheme` is `tiered`.", { param: name("tiers") });
    if (unit.decimal === null && !custom)
      throw invalidRequest(
        "You must specify one of `unit_amount`, `unit_amount_decimal`, or `custom_unit_amount` when `billing_scheme=per_unit`.",
        { param: name("unit_amount"), code: "parameter_missing" },
      );
  }
  return {
    custom_unit_amount: custom && {
      maximum: custom.maximum ?? null,
      minimum: custom.minimum ?? null,
      preset: custom.preset ?? null,
    },
    tax_behavior: given.tax_behavior ?? "unspecified",
    ...(given.tiers && { tiers: readTiers(given.tiers, name("tiers")) }),
    unit_amount: unit.whole,
    unit_amount_decimal: unit.decimal,
  };
}
