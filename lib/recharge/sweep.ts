import { and, asc, eq, gt, lte, or, sql } from "drizzle-orm";
import { systemDb } from "@/db/client";
import { ledgerAccounts } from "@/db/schema";
import { now } from "@/lib/clock";
import type { TenantId } from "@/lib/ids";

export type DuePage = { tenantIds: TenantId[]; cursor: { at: string; tenantId: TenantId } | null };

/**
 * One page of the balances that are low under an enabled rule and due to be looked at, from the partial index, by keyset.
 * @param until the instant of the sweep: what becomes due while it runs is the next one's
 */
export async function listDue(until: Date, after: DuePage["cursor"], limit: number): Promise<DuePage> {
  const { rechargeCheckAt, tenantId, needsRecharge } = ledgerAccounts;
  const rows = await systemDb()
    .select({ tenantId, at: sql<string>`${rechargeCheckAt}::text` })
    .from(ledgerAccounts)
    .where(
      and(
        eq(needsRecharge, true),
        lte(rechargeCheckAt, until),
        after
          ? or(
              sql`${rechargeCheckAt} > ${after.at}::timestamptz`,
              and(sql`${rechargeCheckAt} = ${after.at}::timestamptz`, gt(tenantId, after.tenantId)),
            )
          : undefined,
      ),
    )
    .orderBy(asc(rechargeCheckAt), asc(tenantId))
    .limit(limit);
  const last = rows.at(-1);
  return {
    tenantIds: rows.map((r) => r.tenantId),
    cursor: rows.length === limit && last ? { at: last.at, tenantId: last.tenantId } : null,
  };
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
