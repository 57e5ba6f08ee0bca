import type Stripe from "stripe";
import type { Account } from "../../account";
import type { Row } from "../../state/table";
import { divideHalfUp, exact, ONE } from "../pricing/decimal";
import { sharesOf } from "../pricing/shares";

/** What a discount takes off, as its coupon said when it was redeemed: a deleted coupon still counts. `id` is the discount's. */
export interface DiscountTerms extends Row {
  coupon: Stripe.Coupon;
  products: string[] | null;
  /** By currency, minor units; null for a percentage. */
  amounts: Record<string, number> | null;
}

/** A line that may be discounted. */
export interface DiscountableLine {
  amountMinor: number;
  product: string | null;
  discountable: boolean;
}

/** What one discount took off one line, minor units. */
export interface LineDiscount {
  discount: string;
  amountMinor: number;
}

function offMinor(terms: DiscountTerms, currency: string, eligibleMinor: number): number {
  const percent = terms.coupon.percent_off;
  if (percent !== null) return Number(divideHalfUp(BigInt(eligibleMinor) * exact(percent), 100n * ONE));
  return Math.min(terms.amounts?.[currency] ?? 0, eligibleMinor);
}

/**
 * What discounts take off lines, one after the other in their order, each on what the ones before have left. The parts of a
 * discount add up exactly to its whole. Credits, prorations and lines of other products are left alone.
 * @param currency of the lines; an amount in no such currency takes off nothing
 */
export function discountLines(
  account: Account,
  discounts: readonly Stripe.Discount[],
  lines: readonly DiscountableLine[],
  currency: string,
): LineDiscount[][] {
  const left = lines.map((line) => line.amountMinor);
  const taken = lines.map((): LineDiscount[] => []);
  for (const discount of discounts) {
    const terms = account.tables.discountTerms.get(discount.id);
    if (!terms) continue;
    const weights = lines.map((line, at) => {
      const meant = !terms.products || (line.product !== null && terms.products.includes(line.product));
      return line.discountable && meant ? Math.max(0, left[at] ?? 0) : 0;
    });
    const eligibleMinor = weights.reduce((sum, weight) => sum + weight, 0);
    sharesOf(offMinor(terms, currency, eligibleMinor), weights).forEach((amountMinor, at) => {
      if ((weights[at] ?? 0) === 0) return;
      left[at] = (left[at] ?? 0) - amountMinor;
      taken[at]?.push({ discount: discount.id, amountMinor });
    });
  }
  return taken;
}
