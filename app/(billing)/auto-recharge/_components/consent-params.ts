import { formatMoney } from "@/lib/money/amount";
import type { Currency } from "@/lib/money/currency";
import type { Minor } from "@/lib/money/minor";
import type { Limits } from "@/lib/recharge/types";

type Terms = { minMinor: Minor; targetMinor: Minor; limits: Limits };

/** The values of `recharge.consentText`. The page shows it and the server stores it from this one function. */
export function consentParams({ minMinor, targetMinor, limits }: Terms, currency: Currency, locale: string) {
  const money = (amount: Minor | null) => (amount === null ? "" : formatMoney(amount, currency, locale));
  const has = (value: number | null) => (value === null ? "no" : "yes");
  return {
    minimum: money(minMinor),
    target: money(targetMinor),
    hasDay: has(limits.maxPerDayMinor),
    perDay: money(limits.maxPerDayMinor),
    hasMonth: has(limits.maxPerMonthMinor),
    perMonth: money(limits.maxPerMonthMinor),
    hasCount: has(limits.maxChargesPerDay),
    count: limits.maxChargesPerDay ?? 0,
  };
}
