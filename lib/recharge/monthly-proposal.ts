import type { FeePolicy, FeeSubject } from "@/lib/money/fees";
import { type Minor, toMinor, ZERO } from "@/lib/money/minor";
import { quote } from "./quote";

const REFILLS_A_MONTH = 4;

/** The monthly limit that the form proposes: four refills from the minimum to the target, fees included. Minor units. */
export function monthlyProposal(
  minMinor: Minor,
  targetMinor: Minor,
  feePolicy: FeePolicy,
  method: FeeSubject | null,
): Minor {
  return toMinor(
    quote({ balanceMinor: minMinor, pendingMinor: ZERO, targetMinor, feePolicy, method }).totalMinor * REFILLS_A_MONTH,
  );
}
