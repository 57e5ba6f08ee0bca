import { type Minor, subtract, toMinor } from "@/lib/money/minor";
import { divideHalfUp } from "@/lib/money/rounding";

/** A payment and what of it was given back already, the fee in it too; minor units. */
export type Paid = { amountMinor: Minor; feeMinor: Minor; refundedMinor: Minor; refundedFeeMinor: Minor };

/** What a refund takes from where: `amountMinor = principalMinor + feeMinor`. */
export type RefundSplit = { amountMinor: Minor; principalMinor: Minor; feeMinor: Minor };

/** The fee's share of the first so many minor units given back, rounded half-up. */
const feeOfFirst = (paid: Paid, givenBackMinor: number): Minor =>
  divideHalfUp(BigInt(paid.feeMinor) * BigInt(givenBackMinor), BigInt(paid.amountMinor));

/**
 * The rule of the fee: it goes back in the proportion in which the payment does, rounded half-up over everything given back so
 * far, so that the parts of a payment given back whole add up to its fee exactly, whichever of them failed on the way.
 * @param amountMinor what the customer gets, at most what is left of the payment
 */
export function splitRefund(paid: Paid, amountMinor: Minor): RefundSplit {
  const left = subtract(feeOfFirst(paid, paid.refundedMinor + amountMinor), paid.refundedFeeMinor);
  const feeMinor = toMinor(Math.min(Math.max(left, 0), amountMinor));
  return { amountMinor, feeMinor, principalMinor: subtract(amountMinor, feeMinor) };
}

/**
 * The most that can be given back when at most `principalMinor` of the balance may be taken for it; zero when nothing can.
 * @param stepMinor a part of a payment is a multiple of it; see `chargeStepOf`
 */
export function largestRefund(paid: Paid, principalMinor: Minor, stepMinor = 1): Minor {
  let low = 0;
  let high = paid.amountMinor - paid.refundedMinor;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (splitRefund(paid, toMinor(middle)).principalMinor <= principalMinor) low = middle;
    else high = middle - 1;
  }
  const isAll = low === paid.amountMinor - paid.refundedMinor;
  return toMinor(isAll ? low : low - (low % stepMinor));
}
