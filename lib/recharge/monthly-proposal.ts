import { type Currency, decimalsOf } from "@/lib/money/currency";
import type { FeePolicy, FeeSubject } from "@/lib/money/fees";
import { type Minor, toMinor, ZERO } from "@/lib/money/minor";
import { quote } from "./quote";

const REFILLS_A_MONTH = 4;

/** Up to two leading digits, and to whole units of the currency: a figure that somebody would type. */
function roundedUp(amountMinor: number, currency: Currency): Minor {
  const digits = Math.max(Math.trunc(amountMinor).toString().length - 2, decimalsOf(currency));
  const step = 10 ** digits;
  return toMinor(Math.ceil(amountMinor / step) * step);
}

/**
 * The monthly limit that the form proposes: room for four of the smallest refills, fees included. A charge is made below the minimum,
 * so the smallest refill begins one smallest unit under it. Minor units.
 */
export function monthlyProposal(
  minMinor: Minor,
  targetMinor: Minor,
  currency: Currency,
  feePolicy: FeePolicy,
  method: FeeSubject | null,
): Minor {
  const { totalMinor } = quote({
    balanceMinor: toMinor(minMinor - 1),
    pendingMinor: ZERO,
    targetMinor,
    feePolicy,
    method,
  });
  return roundedUp(totalMinor * REFILLS_A_MONTH, currency);
}
