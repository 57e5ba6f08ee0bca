import { TZDate } from "@date-fns/tz";
import { startOfDay, startOfISOWeek, startOfMonth, startOfQuarter, startOfYear, subMonths } from "date-fns";
import { and, desc, eq, gte, isNotNull, lt, sql } from "drizzle-orm";
import { withTenant } from "@/db/client";
import { transactions } from "@/db/schema";
import type { TransactionType } from "@/db/schema/transactions";
import type { TenantScope } from "@/lib/auth/scope";
import { now } from "@/lib/clock";
import { type Minor, subtract, toMinor, ZERO } from "@/lib/money/minor";
import { monthAround, startOfDayNamed } from "@/lib/recharge/calendar";

export const PERIODS = ["day", "week", "month", "quarter", "year"] as const;
export type SummaryPeriod = (typeof PERIODS)[number];

const DAY_MS = 86_400_000;

const STARTS: Record<SummaryPeriod, (at: TZDate) => Date> = {
  day: startOfDay,
  week: startOfISOWeek,
  month: startOfMonth,
  quarter: startOfQuarter,
  year: startOfYear,
};

export type Sum = { count: number; amountMinor: Minor; feeMinor: Minor; netMinor: Minor };
export type Bucket = { start: Date; types: Partial<Record<TransactionType, Sum>>; total: Sum };

const NOTHING: Sum = { count: 0, amountMinor: ZERO, feeMinor: ZERO, netMinor: ZERO };

const plus = (a: Sum, b: Sum): Sum => ({
  count: a.count + b.count,
  amountMinor: toMinor(a.amountMinor + b.amountMinor),
  feeMinor: toMinor(a.feeMinor + b.feeMinor),
  netMinor: toMinor(a.netMinor + b.netMinor),
});

/**
 * What was processed (succeeded), by type and calendar period of a time zone, oldest first; periods in which nothing happened are
 * left out. Weeks begin on Monday (ISO 8601).
 * @param range from the first instant on, before the second @param timeZone IANA name
 */
export async function summarise(
  scope: TenantScope,
  period: SummaryPeriod,
  range: { from: Date; to: Date },
  timeZone: string,
): Promise<Bucket[]> {
  // The day is what the database says; at which instant it begins the calendar knows, also where midnight comes twice.
  const local = sql`${transactions.processedAt} at time zone ${sql.raw(literal(timeZone))}`;
  const start = sql<string>`date_trunc(${sql.raw(`'${period}'`)}, ${local})::date::text`;
  const rows = await withTenant(scope, (tx) =>
    tx
      .select({
        start,
        type: transactions.type,
        count: sql<string>`count(*)`,
        amount: sql<string>`sum(${transactions.amountMinor})`,
        fee: sql<string>`sum(${transactions.feeMinor})`,
      })
      .from(transactions)
      .where(
        and(
          eq(transactions.tenantId, scope.tenantId),
          eq(transactions.status, "succeeded"),
          isNotNull(transactions.processedAt),
          gte(transactions.processedAt, range.from),
          lt(transactions.processedAt, range.to),
        ),
      )
      .groupBy(start, transactions.type)
      .orderBy(start),
  );
  const buckets = new Map<number, Bucket>();
  for (const row of rows) {
    const at = startOfDayNamed(row.start, timeZone);
    const bucket = buckets.get(at.getTime()) ?? { start: at, types: {}, total: NOTHING };
    const amountMinor = toMinor(Number(row.amount));
    const feeMinor = toMinor(Number(row.fee));
    const sum: Sum = { count: Number(row.count), amountMinor, feeMinor, netMinor: subtract(amountMinor, feeMinor) };
    bucket.types[row.type] = sum;
    bucket.total = plus(bucket.total, sum);
    buckets.set(at.getTime(), bucket);
  }
  return [...buckets.values()];
}

/** A constant of a statement: one that is grouped by may not be two parameters. */
function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** Whether a name is a time zone that can be counted in. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** The last bucket of a period in which anything was processed; null: nothing ever was. Reads no more than that period. */
export async function latestBucket(
  scope: TenantScope,
  period: SummaryPeriod,
  timeZone: string,
): Promise<Bucket | null> {
  const [last] = await withTenant(scope, (tx) =>
    tx
      .select({ at: transactions.processedAt })
      .from(transactions)
      .where(
        and(
          eq(transactions.tenantId, scope.tenantId),
          eq(transactions.status, "succeeded"),
          isNotNull(transactions.processedAt),
        ),
      )
      .orderBy(desc(transactions.processedAt))
      .limit(1),
  );
  if (!last?.at) return null;
  const within = new TZDate(last.at.getTime(), timeZone);
  // A day more: where a clock is set back at midnight, a day begins twice.
  const from = new Date(STARTS[period](within).getTime() - DAY_MS);
  const buckets = await summarise(scope, period, { from, to: new Date(last.at.getTime() + 1) }, timeZone);
  return buckets.at(-1) ?? null;
}

/** The last calendar months of a time zone up to now, oldest first; those in which nothing happened are there, with nothing. */
export async function summariseMonths(scope: TenantScope, count: number, timeZone: string): Promise<Bucket[]> {
  const at = now();
  const { startsAt: thisMonth, endsAt: to } = monthAround(at, timeZone);
  const starts = Array.from({ length: count }, (_, index) => {
    const within = subMonths(new TZDate(thisMonth.getTime(), timeZone), count - 1 - index);
    return monthAround(new Date(within.getTime()), timeZone).startsAt;
  });
  const found = await summarise(scope, "month", { from: starts[0] ?? thisMonth, to }, timeZone);
  return starts.map(
    (start) =>
      found.find((bucket) => bucket.start.getTime() === start.getTime()) ?? { start, types: {}, total: NOTHING },
  );
}
