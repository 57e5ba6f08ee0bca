import { and, desc, eq, isNull, sql } from "drizzle-orm";
import { type Tx, withTenant } from "@/db/client";
import { paymentMethods } from "@/db/schema/payment-methods";
import { rechargeAttempts, rechargeRules } from "@/db/schema/recharge";
import type { TenantScope } from "@/lib/auth/scope";
import { now } from "@/lib/clock";
import { AppError } from "@/lib/errors";
import type { PaymentMethodId, TenantId } from "@/lib/ids";
import { statusOf, type Trouble } from "./rules";
import type { PaymentMethod } from "./types";

/** How far back a failed charge still marks its method: enough for every method a tenant has. */
const ATTEMPTS_LOOKED_AT = 50;

export type MethodsPage = { limit: number /** Only methods older than this one. */; after?: PaymentMethodId };

/** The tenant's methods, newest first; all of them when no page is asked for. */
export async function listPaymentMethods(scope: TenantScope, page?: MethodsPage): Promise<PaymentMethod[]> {
  return withTenant(scope, (tx) => readMethods(tx, scope.tenantId, page));
}

/** @throws AppError not_found when the tenant has no such method, or had it removed */
export async function getPaymentMethod(scope: TenantScope, paymentMethodId: PaymentMethodId): Promise<PaymentMethod> {
  const method = (await listPaymentMethods(scope)).find((each) => each.paymentMethodId === paymentMethodId);
  if (!method) throw new AppError("not_found");
  return method;
}

/** For callers that have a transaction already. */
export async function readMethods(tx: Tx, tenantId: TenantId, page?: MethodsPage): Promise<PaymentMethod[]> {
  const after = page?.after
    ? sql`(${paymentMethods.createdAt}, ${paymentMethods.paymentMethodId}) < (
        select p.created_at, p.payment_method_id from payment_methods p where p.tenant_id = ${tenantId} and p.payment_method_id = ${page.after})`
    : undefined;
  const select = tx
    .select()
    .from(paymentMethods)
    .where(and(eq(paymentMethods.tenantId, tenantId), isNull(paymentMethods.removedAt), after))
    .orderBy(desc(paymentMethods.createdAt), desc(paymentMethods.paymentMethodId));
  const [rule] = await tx
    .select({
      backup: rechargeRules.backupPaymentMethodId,
      pausedAt: rechargeRules.pausedAt,
      paused: rechargeRules.pausedFingerprint,
      blocked: rechargeRules.blockedFingerprint,
    })
    .from(rechargeRules)
    .where(eq(rechargeRules.tenantId, tenantId));
  const shunned = [rule?.pausedAt ? rule.paused : null, rule?.blocked].filter((fingerprint) => fingerprint != null);
  const trouble = { fingerprints: new Set(shunned), failed: await lastTriedInVain(tx, tenantId) };
  const rows = await (page ? select.limit(page.limit) : select);
  return rows.map((row) => toPaymentMethod(row, rule?.backup ?? null, trouble));
}

async function lastTriedInVain(tx: Tx, tenantId: TenantId): Promise<Set<PaymentMethodId>> {
  const attempts = await tx
    .select({ paymentMethodId: rechargeAttempts.paymentMethodId, state: rechargeAttempts.state })
    .from(rechargeAttempts)
    // A charge that never reached the bank, or was called off, says nothing about the method.
    .where(
      and(
        eq(rechargeAttempts.tenantId, tenantId),
        sql`coalesce(${rechargeAttempts.failureCode}, '') not in ('abandoned', 'canceled')`,
      ),
    )
    .orderBy(desc(rechargeAttempts.createdAt))
    .limit(ATTEMPTS_LOOKED_AT);
  const last = new Map([...attempts].reverse().map((attempt) => [attempt.paymentMethodId, attempt.state]));
  return new Set([...last].filter(([, state]) => state === "failed").map(([paymentMethodId]) => paymentMethodId));
}

export function toPaymentMethod(
  row: typeof paymentMethods.$inferSelect,
  backup: PaymentMethodId | null,
  trouble: Trouble,
): PaymentMethod {
  const { removedAt: _, removingUntil: __, ...shown } = row;
  return { ...shown, isBackup: row.paymentMethodId === backup, status: statusOf(row, trouble, now()) };
}
