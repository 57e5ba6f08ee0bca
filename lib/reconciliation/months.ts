import { and, desc, gte, lt, sql } from "drizzle-orm";
import { systemDb, systemSql } from "@/db/client";
import { reconciliationDifferences, reconciliationMonths, reconciliationRuns } from "@/db/schema";
import type { MonthFigures } from "@/db/schema/reconciliation";
import { now } from "@/lib/clock";
import { invalid } from "@/lib/errors";
import type { UserId } from "@/lib/ids";
import { sumBalance } from "@/lib/stripe/statement";

export type SignedMonth = typeof reconciliationMonths.$inferSelect;
/** `running`: not over yet; `not_compared`: no comparison has reached its end; `open`: differences wait for somebody. */
export type Readiness = "running" | "not_compared" | "open" | "ready";
export type MonthReport = {
  month: string;
  readiness: Readiness;
  figures: MonthFigures;
  differences: Record<string, number>;
};

const MONTHS_SHOWN = 24;

/** UTC: its first instant, and that of the next. @throws AppError invalid_request */
export function rangeOfMonth(month: string): { from: Date; to: Date } {
  const [year, number] = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(month)?.slice(1).map(Number) ?? [];
  if (!year || !number) throw invalid("month", "must be a month such as 2026-11");
  return { from: new Date(Date.UTC(year, number - 1, 1)), to: new Date(Date.UTC(year, number, 1)) };
}

/** The month before the one that an instant is in. */
export const monthBefore = (at: Date): string =>
  new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() - 1, 1)).toISOString().slice(0, 7);

/** What moved on each account, by currency. */
async function sumLedger({ from, to }: { from: Date; to: Date }): Promise<Record<string, Record<string, number>>> {
  const rows = await systemSql()<{ currency: string; account: string; moved: string }[]>`
    select currency, account, sum(amount_minor) as moved from ledger_entries
    where created_at >= ${from.toISOString()}::timestamptz and created_at < ${to.toISOString()}::timestamptz
    group by currency, account order by currency, account`;
  const sums: Record<string, Record<string, number>> = {};
  for (const { currency, account, moved } of rows) sums[currency] = { ...sums[currency], [account]: Number(moved) };
  return sums;
}

async function countDifferences({ from, to }: { from: Date; to: Date }): Promise<Record<string, number>> {
  const rows = await systemDb()
    .select({
      name: sql<string>`${reconciliationDifferences.class} || ':' || ${reconciliationDifferences.state}`,
      count: sql<string>`count(*)`,
    })
    .from(reconciliationDifferences)
    .where(and(gte(reconciliationDifferences.occurredAt, from), lt(reconciliationDifferences.occurredAt, to)))
    .groupBy(sql`1`)
    .orderBy(sql`1`);
  return Object.fromEntries(rows.map((row) => [row.name, Number(row.count)]));
}

async function readinessOf(to: Date, differences: Record<string, number>): Promise<Readiness> {
  if (now() < to) return "running";
  const reached = await systemDb().$count(
    reconciliationRuns,
    and(sql`${reconciliationRuns.state} = 'done'`, gte(reconciliationRuns.windowEnd, to)),
  );
  if (reached === 0) return "not_compared";
  return Object.keys(differences).some((name) => name.endsWith(":open")) ? "open" : "ready";
}

/** Whether a month can be signed off, and its differences by class and state. */
export async function monthState(month: string): Promise<Pick<MonthReport, "month" | "readiness" | "differences">> {
  const range = rangeOfMonth(month);
  const differences = await countDifferences(range);
  return { month, readiness: await readinessOf(range.to, differences), differences };
}

/** A month as it is now: what Stripe's balance and our ledger say moved, and its differences. @throws Stripe's errors */
export async function monthReport(month: string): Promise<MonthReport> {
  const range = rangeOfMonth(month);
  const [stripe, ledger, state] = await Promise.all([sumBalance(range), sumLedger(range), monthState(month)]);
  const currencies = [...new Set([...Object.keys(stripe), ...Object.keys(ledger)])].sort();
  const figures = Object.fromEntries(
    currencies.map((code) => [code, { stripe: stripe[code] ?? {}, ledger: ledger[code] ?? {} }]),
  );
  return { ...state, figures };
}

/**
 * An operator stands for a month: its figures are kept as they are now, with name and time. Once.
 * @throws AppError invalid_request for a month that runs, was not compared, has open differences or was signed already
 */
export async function signOff(
  month: string,
  operator: { userId: UserId; name: string },
  note: string | null,
): Promise<SignedMonth> {
  const { readiness, figures, differences } = await monthReport(month);
  if (readiness !== "ready") throw invalid("month", readiness);
  const [signed] = await systemDb()
    .insert(reconciliationMonths)
    .values({
      month,
      figures,
      differences,
      note,
      signedBy: operator.userId,
      signedByName: operator.name,
      signedAt: now(),
    })
    .onConflictDoNothing()
    .returning();
  if (!signed) throw invalid("month", "was signed off already");
  return signed;
}

/** Months that were signed off, newest first. */
export const listSigned = (): Promise<SignedMonth[]> =>
  systemDb().select().from(reconciliationMonths).orderBy(desc(reconciliationMonths.month)).limit(MONTHS_SHOWN);
