import { formatMoney } from "@/lib/money/amount";
import type { Currency } from "@/lib/money/currency";
import { toMinor } from "@/lib/money/minor";
import type { DecisionInputs } from "@/lib/recharge/types";

/** The values that the sentences under `recharge.reasons` may name, formatted for the reader. */
export function reasonParams(inputs: DecisionInputs, currency: Currency, locale: string) {
  const money = (minor: number | null) => (minor === null ? "–" : formatMoney(toMinor(minor), currency, locale));
  return {
    balance: money(inputs.balanceMinor),
    pending: money(inputs.pendingMinor),
    minimum: money(inputs.minMinor),
    target: money(inputs.targetMinor),
    amount: money(inputs.amountMinor),
    fee: money(inputs.feeMinor),
    total: money(inputs.totalMinor),
    usedDay: money(inputs.usedDayMinor),
    usedMonth: money(inputs.usedMonthMinor),
    limit: money(inputs.limitMinor),
    count: inputs.limitCount ?? 0,
    failures: inputs.consecutiveFailures,
  };
}
