import { type FeePolicy, type FeeSubject, feeFor } from "@/lib/money/fees";
import { add, type Minor, max, subtract, ZERO } from "@/lib/money/minor";

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

/** The one charge that closes the whole gap: target − (balance + pending), never negative. Minor units. */
export function quote(input: {
  balanceMinor: Minor;
  pendingMinor: Minor;
  targetMinor: Minor;
  feePolicy: FeePolicy;
  method: FeeSubject | null;
}): Quote {
  const reached = add(input.balanceMinor, input.pendingMinor);
  return quoteAmount(max(ZERO, subtract(input.targetMinor, reached)), reached, input.feePolicy, input.method);
}
