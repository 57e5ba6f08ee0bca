import { toDecimalString } from "@/lib/money/amount";
import { feePolicy } from "@/lib/recharge/fee-policy";
import { quote } from "@/lib/recharge/quote";
import type { BalanceOverview } from "@/lib/recharge/types";

/** What the top-up form proposes: up to the target; empty when there is no target or it is reached. Major units. */
export function suggestedTopUp({ balanceMinor, pendingMinor, rule, currency }: BalanceOverview): string {
  if (rule.targetMinor === null) return "";
  const { amountMinor } = quote({
    balanceMinor,
    pendingMinor,
    targetMinor: rule.targetMinor,
    feePolicy: feePolicy(currency),
    method: null,
  });
  return amountMinor > 0 ? toDecimalString(amountMinor, currency) : "";
}
