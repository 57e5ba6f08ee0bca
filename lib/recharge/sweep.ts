import { and, asc, eq, gt, lte, sql } from "drizzle-orm";
import { systemDb } from "@/db/client";
import { ledgerAccounts } from "@/db/schema";
import { now } from "@/lib/clock";
import type { TenantId } from "@/lib/ids";

/** So many that have waited longest are looked through for the most urgent; more are there only after a long outage. */
const CONSIDERED = 50_000;

/**
 * The balances that are low under an enabled rule and due to be looked at, from the partial index: the most urgent first, which
 * is the one with the least of its minimum left, the deepest below zero before all.
 * @param until the instant of the sweep: what becomes due while it runs is the next one's
 */
export async function listDue(until: Date, most: number): Promise<TenantId[]> {
  const { tenantId, balanceMinor, rechargeBelowMinor, rechargeCheckAt, needsRecharge } = ledgerAccounts;
  const waiting = systemDb()
    .select({ tenantId, balanceMinor, rechargeBelowMinor })
    .from(ledgerAccounts)
    .where(and(eq(needsRecharge, true), lte(rechargeCheckAt, until)))
    .orderBy(asc(rechargeCheckAt), asc(tenantId))
    .limit(CONSIDERED)
    .as("waiting");
  const rows = await systemDb()
    .select({ tenantId: waiting.tenantId })
    .from(waiting)
    .orderBy(sql`${waiting.balanceMinor}::float8 / greatest(${waiting.rechargeBelowMinor}, 1)`, asc(waiting.tenantId))
    .limit(most);
  return rows.map((row) => row.tenantId);
}

/**
 * When the next low balance becomes due, if one is foreseen: until then a sweep finds nothing unless something happens.
 * @param after leaves out what was due by then: somebody looks at it already
 */
export async function nextDueAt(after?: Date): Promise<Date | null> {
  const [row] = await systemDb()
    .select({ at: sql<string | null>`min(${ledgerAccounts.rechargeCheckAt})::text` })
    .from(ledgerAccounts)
    .where(and(eq(ledgerAccounts.needsRecharge, true), after ? gt(ledgerAccounts.rechargeCheckAt, after) : undefined));
  if (!row?.at) return null;
  return row.at === "-infinity" ? now() : new Date(row.at);
}
