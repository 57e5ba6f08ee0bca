import { type FeePolicy, type FeeSubject, feeFor } from "@/lib/money/fees";
import { add, type Minor, max, subtract, toMinor, ZERO } from "@/lib/money/minor";

export type Quote = {
  amountMinor: Minor;
  feeMinor: Minor;
  totalMinor: Minor;
  balanceAfterMinor: Minor;
  feeReason: string | null;
};

/** What one charge of `amountMinor` costs. */
export function quoteAmount(
  amountMinor: Minor,
  balanceMinor: Minor,
  feePolicy: FeePolicy,
  method: FeeSubject | null,
): Quote {
  const fee = feeFor(amountMinor, feePolicy, method);
  return {
    amountMinor,
    feeMinor: fee.feeMinor,
    totalMinor: fee.totalMinor,
    balanceAfterMinor: add(balanceMinor, amountMinor),
    feeReason: fee.reason,
  };
}

/**
 * The one charge that closes the whole gap: target − (balance + pending), never negative, and up to the next
 * amount that the currency can be charged in. Minor units.
 */
export function quote(input: {
  balanceMinor: Minor;
  pendingMinor: Minor;
  targetMinor: Minor;
  feePolicy: FeePolicy;
  method: FeeSubject | null;
}): Quote {
  const reached = add(input.balanceMinor, input.pendingMinor);
  const gap = max(ZERO, subtract(input.targetMinor, reached));
  const step = input.feePolicy.stepMinor;
  return quoteAmount(toMinor(Math.ceil(gap / step) * step), reached, input.feePolicy, input.method);
}
