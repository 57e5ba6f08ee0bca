import type { FeePolicy, FeeSubject } from "@/lib/money/fees";
import { type Minor, toMinor, ZERO } from "@/lib/money/minor";
import { quote } from "./quote";
import type { Runway } from "./types";

const DAYS_OF_MONTH = 30;
const DAY_MS = 86_400_000;
const WEEK_DAYS = 7;
/** Refilling more often than this a month is worth a hint. */
const OFTEN = 8;

/**
 * How long the balance lasts at this week's pace and what recharging will cost.
 * @param spentMinor what was spent since `since`, minor units
 */
export function forecast(input: {
  now: Date;
  balanceMinor: Minor;
  spentMinor: Minor;
  firstSpendAt: Date | null;
  minMinor: Minor | null;
  targetMinor: Minor | null;
  feePolicy: FeePolicy;
  method: FeeSubject | null;
}): Runway {
  // A new customer's first hours must not be stretched over a week, nor one minute blown up to a day.
  const days = input.firstSpendAt
    ? Math.min(WEEK_DAYS, Math.max(1, (input.now.getTime() - input.firstSpendAt.getTime()) / DAY_MS))
    : WEEK_DAYS;
  const perDay = Math.round(input.spentMinor / days);
  if (perDay <= 0)
    return {
      spendPerDayMinor: ZERO,
      daysLeft: null,
      rechargesPerMonth: null,
      feesPerMonthMinor: null,
      suggestion: null,
    };
  const base = { spendPerDayMinor: toMinor(perDay), daysLeft: Math.max(0, input.balanceMinor) / perDay };
  if (input.minMinor === null || input.targetMinor === null)
    return { ...base, rechargesPerMonth: null, feesPerMonthMinor: null, suggestion: null };
  const refill = input.targetMinor - input.minMinor;
  const perMonth = perDay * DAYS_OF_MONTH;
  const rechargesPerMonth = Math.round((perMonth / refill) * 10) / 10;
  const { feeMinor } = quote({
    balanceMinor: input.minMinor,
    pendingMinor: ZERO,
    targetMinor: input.targetMinor,
    feePolicy: input.feePolicy,
    method: input.method,
  });
  const suggestion =
    rechargesPerMonth >= OFTEN
      ? { targetMinor: toMinor(input.minMinor + 2 * refill), rechargesPerMonth: Math.round(rechargesPerMonth * 5) / 10 }
      : null;
  return {
    ...base,
    rechargesPerMonth,
    feesPerMonthMinor: toMinor(Math.round(feeMinor * rechargesPerMonth)),
    suggestion,
  };
}
