import { now } from "@/lib/clock";
import type { Currency } from "@/lib/money/currency";
import { type Minor, toMinor, ZERO } from "@/lib/money/minor";
import { type Churn, readChurn } from "./churn";
import { type Collection, readCollection } from "./collection";
import { byDayOf, figuresAt, type ReportDay, readDays } from "./day";
import { errorOf, type ForecastError } from "./forecast";
import { lastMonths, type Month, monthOf, startOf } from "./months";
import { REVENUE_ACCOUNTS, type RevenueAccount, type RevenueDay, readRevenue } from "./revenue";

export type MonthRow = {
  month: Month;
  revenue: Record<RevenueAccount, Minor>;
  revenueMinor: Minor;
  /** At the end of the month, or now; null: no day of it was kept. */
  mrrMinor: Minor | null;
  deferredMinor: Minor | null;
  churn: Omit<Churn, "month" | "currency">;
  collection: Omit<Collection, "month" | "currency">;
};

export type CurrencyReport = {
  currency: Currency;
  /** Oldest first. */
  months: MonthRow[];
  today: ReportDay;
  error: ForecastError;
};

const MONTHS = 12;
const NO_CHURN = { atStart: 0, begun: 0, lost: 0 };
const NOTHING = { paid: 0, paidMinor: ZERO, failed: 0, recovered: 0, refundedMinor: ZERO, disputedMinor: ZERO };

type Sources = { revenue: RevenueDay[]; days: ReportDay[]; churn: Churn[]; collection: Collection[] };

function monthRow(month: Month, today: ReportDay, { revenue, days, churn, collection }: Sources): MonthRow {
  const { currency } = today;
  const isThis = <T extends { month: Month; currency: Currency }>(one: T) =>
    one.month === month && one.currency === currency;
  const sum = (account: RevenueAccount) =>
    toMinor(
      revenue
        .filter((row) => row.currency === currency && row.account === account && row.day.startsWith(month))
        .reduce((total, row) => total + row.minor, 0),
    );
  const earned = Object.fromEntries(REVENUE_ACCOUNTS.map((account) => [account, sum(account)])) as Record<
    RevenueAccount,
    Minor
  >;
  const kept = days.filter((one) => one.currency === currency && one.day.startsWith(month)).at(-1);
  const end = month === monthOf(today.takenAt) ? today : kept;
  return {
    month,
    revenue: earned,
    revenueMinor: toMinor(Object.values(earned).reduce<number>((total, minor) => total + minor, 0)),
    mrrMinor: end?.mrrMinor ?? null,
    deferredMinor: end?.deferredMinor ?? null,
    churn: churn.find(isThis) ?? NO_CHURN,
    collection: collection.find(isThis) ?? NOTHING,
  };
}

/** A currency's figures of twelve months (UTC), how it stands now, and how good its forecasts were. */
export async function operatorReport(): Promise<CurrencyReport[]> {
  const at = now();
  const months = lastMonths(at, MONTHS);
  const from = startOf(months[0] ?? monthOf(at));
  const [today, revenue, days, churn, collection] = await Promise.all([
    figuresAt(at),
    readRevenue(from, at),
    readDays(from.toISOString().slice(0, 10)),
    readChurn(from, at),
    readCollection(from, at),
  ]);
  const sources = { revenue, days, churn, collection };
  const dayNow = at.toISOString().slice(0, 10);
  return today.map((figures) => ({
    currency: figures.currency,
    months: months.map((month) => monthRow(month, figures, sources)),
    today: figures,
    error: errorOf(
      days.filter((one) => one.currency === figures.currency),
      byDayOf(revenue, figures.currency, true),
      dayNow,
    ),
  }));
}
