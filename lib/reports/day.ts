import { asc, gte, sql } from "drizzle-orm";
import { systemDb } from "@/db/client";
import { reportDays } from "@/db/schema";
import { now } from "@/lib/clock";
import type { Currency } from "@/lib/money/currency";
import { ZERO } from "@/lib/money/minor";
import { readDeferred } from "./deferred";
import { FORECAST_DAYS, forecastRevenue } from "./forecast";
import { readRunning, recurringOf } from "./recurring";
import { readRenewals } from "./renewals";
import { type RevenueDay, readRevenue } from "./revenue";

export type ReportDay = typeof reportDays.$inferSelect;

const DAY_MS = 86_400_000;
const dayOf = (at: Date): string => at.toISOString().slice(0, 10);

/** Revenue of one currency by day; of all accounts, or without invoices. */
export function byDayOf(rows: RevenueDay[], currency: Currency, withInvoices: boolean): Map<string, number> {
  const sums = new Map<string, number>();
  for (const row of rows)
    if (row.currency === currency && (withInvoices || row.account !== "invoice_revenue"))
      sums.set(row.day, (sums.get(row.day) ?? 0) + row.minor);
  return sums;
}

/** How things stand at an instant, by currency; the day is the last one that is over. */
export async function figuresAt(at: Date): Promise<ReportDay[]> {
  const midnight = new Date(`${dayOf(at)}T00:00:00Z`);
  const day = dayOf(new Date(midnight.getTime() - DAY_MS));
  const [running, deferred, renewals, revenue] = await Promise.all([
    readRunning(),
    readDeferred(),
    readRenewals(midnight, new Date(midnight.getTime() + FORECAST_DAYS * DAY_MS)),
    readRevenue(new Date(midnight.getTime() - FORECAST_DAYS * DAY_MS), midnight),
  ]);
  const recurring = recurringOf(running, at);
  const currencies = new Set([
    ...recurring.keys(),
    ...deferred.keys(),
    ...renewals.keys(),
    ...revenue.map((row) => row.currency),
  ]);
  return [...currencies].sort().map((currency) => ({
    day,
    currency,
    mrrMinor: recurring.get(currency)?.mrrMinor ?? ZERO,
    paidSubscriptions: recurring.get(currency)?.paidSubscriptions ?? 0,
    deferredMinor: deferred.get(currency)?.deferredMinor ?? ZERO,
    owedMinor: deferred.get(currency)?.owedMinor ?? ZERO,
    forecastMinor: forecastRevenue(day, renewals.get(currency) ?? ZERO, byDayOf(revenue, currency, false)),
    takenAt: at,
  }));
}

/** Nights that were missed repeat the last one that was kept: what was true then is all that is known of them. */
async function fillMissed(until: string): Promise<void> {
  await systemDb().execute(sql`
    insert into report_days (day, currency, mrr_minor, paid_subscriptions, deferred_minor, owed_minor, forecast_minor, taken_at)
    select to_char(missed, 'YYYY-MM-DD'), currency, mrr_minor, paid_subscriptions, deferred_minor, owed_minor, forecast_minor, taken_at
    from report_days,
      generate_series(day::timestamp + interval '1 day', ${until}::timestamp - interval '1 day', interval '1 day') as missed
    where day = (select max(day) from report_days)
    on conflict do nothing`);
}

/** Writes the day that is over, once: what was written stays. @returns how many currencies it has */
export async function keepDay(): Promise<number> {
  const rows = await figuresAt(now());
  const [first] = rows;
  if (!first) return 0;
  await fillMissed(first.day);
  await systemDb().insert(reportDays).values(rows).onConflictDoNothing();
  return rows.length;
}

/** The days that were kept, oldest first. @param from `2026-11-21` */
export const readDays = (from: string): Promise<ReportDay[]> =>
  systemDb().select().from(reportDays).where(gte(reportDays.day, from)).orderBy(asc(reportDays.day));
