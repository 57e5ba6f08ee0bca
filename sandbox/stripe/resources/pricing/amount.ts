import type Stripe from "stripe";
import type { Account } from "../../account";
import { optionsIn } from "../prices/terms";
import { decimalOf, exact, ONE, toMinorHalfUp } from "./decimal";
import { graduatedLines, type TierLine, type TierTerms, volumeLines } from "./tiers";

function termsOf(tier: Stripe.Price.Tier): TierTerms {
  const text = (decimal: Stripe.Decimal | null) => (decimal === null ? null : String(decimal));
  return {
    upTo: tier.up_to,
    unit: decimalOf(tier.unit_amount, text(tier.unit_amount_decimal)),
    flat: decimalOf(tier.flat_amount, text(tier.flat_amount_decimal)),
  };
}

/** Units to bill: divided and rounded when the price is for packages. */
function billable(price: Stripe.Price, quantity: number | string): bigint {
  const units = exact(quantity);
  if (!price.transform_quantity) return units;
  const { divide_by: divisor, round } = price.transform_quantity;
  const step = BigInt(divisor) * ONE;
  const packages = units / step + (round === "up" && units % step !== 0n ? 1n : 0n);
  return packages * ONE;
}

/**
 * How Stripe splits a price into lines: one for a price per unit, one per tier and flat fee for a tiered price. Each line is
 * rounded half up by itself.
 * @param quantity units, a decimal text for metered usage with fractions
 * @param currency of the invoice; the price's own when it is left out
 */
export function tierLines(
  account: Account,
  price: Stripe.Price,
  quantity: number | string,
  currency: string = price.currency,
): TierLine[] {
  const option = optionsIn(account, price, currency);
  const units = billable(price, quantity);
  if (price.billing_scheme === "tiered") {
    const tiers = (option.tiers ?? []).map(termsOf);
    return price.tiers_mode === "volume" ? volumeLines(tiers, units) : graduatedLines(tiers, units);
  }
  const unitAmountDecimal = String(option.unit_amount_decimal ?? "0");
  const amountMinor = toMinorHalfUp((exact(unitAmountDecimal) * units) / ONE);
  return [{ quantity: Number(units) / Number(ONE), amountMinor, unitAmountDecimal, tier: 1, flat: false }];
}

/**
 * What a quantity costs, minor units: the sum of `tierLines`.
 * @throws StripeFailure 400 when the price has no amount in that currency
 */
export function lineAmount(
  account: Account,
  price: Stripe.Price,
  quantity: number | string,
  currency: string = price.currency,
): number {
  return tierLines(account, price, quantity, currency).reduce((sum, line) => sum + line.amountMinor, 0);
}
