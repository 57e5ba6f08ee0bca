import { env } from "@/lib/env";
import { type Currency, chargeStepOf } from "@/lib/money/currency";
import type { FeePolicy } from "@/lib/money/fees";
import { toBps, toMinor } from "@/lib/money/minor";

/** The configured fee: FEE_POLICY, FEE_BPS, FEE_FIXED_MINOR, FEE_OFF_FOR. */
export function feePolicy(currency: Currency): FeePolicy {
  const { FEE_POLICY, FEE_BPS, FEE_FIXED_MINOR, FEE_OFF_FOR } = env();
  return {
    kind: FEE_POLICY,
    rateBps: toBps(FEE_BPS),
    fixedMinor: toMinor(FEE_FIXED_MINOR),
    offFor: FEE_OFF_FOR,
    stepMinor: chargeStepOf(currency),
  };
}
