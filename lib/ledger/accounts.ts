import { and, eq, gt, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { ledgerAccounts } from "@/db/schema";
import type { TenantId } from "@/lib/ids";
import type { Currency } from "@/lib/money/currency";
import type { Minor } from "@/lib/money/minor";

const prepaidOf = (tenantId: TenantId) =>
  and(eq(ledgerAccounts.tenantId, tenantId), eq(ledgerAccounts.account, "prepaid"));

/** Opens the prepaid account of a new tenant, at zero. Does nothing when it is open. */
export async function openAccount(tx: Tx, tenantId: TenantId, currency: Currency): Promise<void> {
  await tx.insert(ledgerAccounts).values({ tenantId, account: "prepaid", currency }).onConflictDoNothing();
}

/** Below which balance the sweep and every debit call for a recharge; null while auto-recharge is off. */
export async function setRechargeThreshold(tx: Tx, tenantId: TenantId, belowMinor: Minor | null): Promise<void> {
  await tx
    .update(ledgerAccounts)
    .set({ rechargeBelowMinor: belowMinor, rechargeCheckAt: sql`'-infinity'` })
    .where(prepaidOf(tenantId));
}

/** Tells the sweep when another look at this low balance can lead to anything new. */
export function setRechargeCheckAt(tx: Tx, tenantId: TenantId, at: Date) {
  return tx.update(ledgerAccounts).set({ rechargeCheckAt: at }).where(prepaidOf(tenantId));
}

/** Has the next sweep look at every low balance again, whenever it was to be looked at: what held them back has changed. */
export async function checkAllLowAgain(tx: Tx, at: Date): Promise<void> {
  await tx
    .update(ledgerAccounts)
    .set({ rechargeCheckAt: at })
    .where(and(eq(ledgerAccounts.needsRecharge, true), gt(ledgerAccounts.rechargeCheckAt, at)));
}

/** The least that must stay available after a debit or a hold; null: the balance may fall below zero without limit. */
export async function setFloor(tx: Tx, tenantId: TenantId, floorMinor: Minor | null): Promise<void> {
  await tx.update(ledgerAccounts).set({ floorMinor }).where(prepaidOf(tenantId));
}
