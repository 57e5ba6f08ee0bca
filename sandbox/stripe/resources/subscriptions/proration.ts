import type { Period } from "../periods/periods";
import { divideHalfUp } from "../pricing/decimal";

/**
 * The share of an amount that a part of a period has, by the second, rounded half up.
 * @param amountMinor for the whole period
 * @see https://docs.stripe.com/billing/subscriptions/prorations
 */
export function partOf(amountMinor: number, part: Period, whole: Period): number {
  const length = whole.end - whole.start;
  const seconds = Math.max(0, Math.min(part.end, whole.end) - Math.max(part.start, whole.start));
  if (length <= 0) return 0;
  return Number(divideHalfUp(BigInt(amountMinor) * BigInt(seconds), BigInt(length)));
}
