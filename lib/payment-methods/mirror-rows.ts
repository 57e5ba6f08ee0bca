import { and, eq, inArray, isNull, notInArray, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { paymentMethods } from "@/db/schema/payment-methods";
import { rechargeRules } from "@/db/schema/recharge";
import { now } from "@/lib/clock";
import type { PaymentMethodId, TenantId } from "@/lib/ids";
import type { Mirrored } from "./mirror";
import { readMethods } from "./queries";
import { isUsable } from "./rules";
import type { PaymentMethod } from "./types";

/**
 * Replaces the tenant's rows by these. The caller holds the lock on the tenant's row.
 * @returns the methods that can be charged now and could not before, or not when auto-recharge paused
 */
export async function storeRows(
  tx: Tx,
  tenantId: TenantId,
  rows: Mirrored[],
  defaultId: PaymentMethodId | null,
): Promise<PaymentMethod[]> {
  const at = now();
  const ofTenant = eq(paymentMethods.tenantId, tenantId);
  const before = await tx.select().from(paymentMethods).where(ofTenant);
  const usableBefore = new Set(
    before.filter((row) => !row.removedAt && isUsable(row, at)).map((row) => row.paymentMethodId),
  );
  await removeRows(
    tx,
    tenantId,
    rows.map((row) => row.paymentMethodId),
  );
  // One default at a time is a unique index: the old one goes before the new one comes.
  await tx.update(paymentMethods).set({ isDefault: false }).where(and(ofTenant, paymentMethods.isDefault));
  if (rows.length > 0) {
    await tx
      .insert(paymentMethods)
      .values(rows.map((row) => ({ ...row, isDefault: row.paymentMethodId === defaultId })))
      .onConflictDoUpdate({
        target: [paymentMethods.tenantId, paymentMethods.paymentMethodId],
        set: EVERYTHING_FETCHED,
      });
  }
  const [rule] = await tx
    .select({ pausedAt: rechargeRules.pausedAt })
    .from(rechargeRules)
    .where(eq(rechargeRules.tenantId, tenantId));
  return (await readMethods(tx, tenantId)).filter((method) => {
    if (method.status === "requires_verification" || method.status === "expired") return false;
    // What was added since the pause is told again, in case the process died before it was heard.
    return !usableBefore.has(method.paymentMethodId) || (rule?.pausedAt != null && method.createdAt > rule.pausedAt);
  });
}

const EVERYTHING_FETCHED = {
  stripeCustomerId: sql`excluded.stripe_customer_id`,
  type: sql`excluded.type`,
  card: sql`excluded.card`,
  bankAccount: sql`excluded.bank_account`,
  billingName: sql`excluded.billing_name`,
  billingAddress: sql`excluded.billing_address`,
  fingerprint: sql`excluded.fingerprint`,
  isDefault: sql`excluded.is_default`,
  status: sql`excluded.status`,
  removedAt: sql`null`,
};

/** Marks what is gone, and lets go of it in the rule, which falls back to the default method. */
async function removeRows(tx: Tx, tenantId: TenantId, kept: PaymentMethodId[]): Promise<void> {
  const gone = and(
    eq(paymentMethods.tenantId, tenantId),
    isNull(paymentMethods.removedAt),
    kept.length > 0 ? notInArray(paymentMethods.paymentMethodId, kept) : undefined,
  );
  await tx.update(paymentMethods).set({ removedAt: now(), isDefault: false }).where(gone);
  const removed = tx
    .select({ id: paymentMethods.paymentMethodId })
    .from(paymentMethods)
    .where(and(eq(paymentMethods.tenantId, tenantId), sql`${paymentMethods.removedAt} is not null`));
  const ofTenant = eq(rechargeRules.tenantId, tenantId);
  await tx
    .update(rechargeRules)
    .set({ paymentMethodId: null })
    .where(and(ofTenant, inArray(rechargeRules.paymentMethodId, removed)));
  await tx
    .update(rechargeRules)
    .set({ backupPaymentMethodId: null })
    .where(and(ofTenant, inArray(rechargeRules.backupPaymentMethodId, removed)));
}
