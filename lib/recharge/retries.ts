import { and, asc, eq, isNotNull, isNull, lte, sql } from "drizzle-orm";
import { systemDb } from "@/db/client";
import { ledgerAccounts, rechargeRules } from "@/db/schema";
import { now } from "@/lib/clock";
import type { TenantId } from "@/lib/ids";

const waiting = and(eq(rechargeRules.enabled, true), isNull(rechargeRules.pausedAt), isNotNull(rechargeRules.retryAt));

/** Tenants with a low balance whose last charge was declined and whose back-off is over. */
export async function listRetriesDue(limit: number): Promise<TenantId[]> {
  const rows = await systemDb()
    .select({ tenantId: rechargeRules.tenantId })
    .from(rechargeRules)
    .innerJoin(
      ledgerAccounts,
      and(eq(ledgerAccounts.tenantId, rechargeRules.tenantId), eq(ledgerAccounts.account, "prepaid")),
    )
    .where(and(waiting, eq(ledgerAccounts.needsRecharge, true), lte(rechargeRules.retryAt, now())))
    .orderBy(asc(rechargeRules.retryAt))
    .limit(limit);
  return rows.map((row) => row.tenantId);
}

/** When the next back-off ends, if there is one. */
export async function nextRetryAt(): Promise<Date | null> {
  const [row] = await systemDb()
    .select({ at: sql<string | null>`min(${rechargeRules.retryAt})::text` })
    .from(rechargeRules)
    .where(waiting);
  return row?.at ? new Date(row.at) : null;
}
