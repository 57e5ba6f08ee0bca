import type { FeePolicy, FeeSubject } from "@/lib/money/fees";
import { type Minor, toMinor, ZERO } from "@/lib/money/minor";
import { type Quote, quote } from "@/lib/recharge/quote";

type Input = {
  balanceMinor: Minor;
  pendingMinor: Minor;
  /** A balance typed to try it out; null: none. */
  typedMinor: Minor | null;
  minMinor: Minor | null;
  targetMinor: Minor | null;
  feePolicy: FeePolicy;
  method: FeeSubject | null;
};

export type SupposedCharge = {
  fromMinor: Minor;
  source: "typed" | "current" | "justBelow";
  result: { kind: "incomplete" | "not_low" | "reached" } | { kind: "charge"; quote: Quote };
};

/**
 * What one charge would be, from which balance. The rule charges strictly below the minimum: a balance that is not low is replaced by the
 * first that is, one smallest unit below, which makes it the smallest refill there can be.
 */
export function supposedCharge(input: Input): SupposedCharge {
  const { balanceMinor, typedMinor, minMinor, targetMinor } = input;
  const isLow = minMinor !== null && balanceMinor < minMinor;
  const source = typedMinor !== null ? "typed" : isLow || minMinor === null ? "current" : "justBelow";
  const fromMinor = typedMinor ?? (source === "justBelow" && minMinor !== null ? toMinor(minMinor - 1) : balanceMinor);
  if (minMinor === null || targetMinor === null) return { fromMinor, source, result: { kind: "incomplete" } };
  if (fromMinor >= minMinor) return { fromMinor, source, result: { kind: "not_low" } };
  const pendingMinor = source === "current" ? input.pendingMinor : ZERO;
  const charge = quote({ ...input, balanceMinor: fromMinor, pendingMinor, targetMinor });
  return {
    fromMinor,
    source,
    result: charge.amountMinor <= 0 ? { kind: "reached" } : { kind: "charge", quote: charge },
  };
}
