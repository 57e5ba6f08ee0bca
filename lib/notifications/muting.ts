import { and, eq } from "drizzle-orm";
import { withTenant } from "@/db/client";
import { mutedNotices } from "@/db/schema";
import type { TenantScope } from "@/lib/auth/scope";
import { now } from "@/lib/clock";
import { AppError } from "@/lib/errors";
import { NOTICE_KINDS, type NoticeKind } from "./kinds";

/** Under which heading a kind is offered; `always`: it is about money that failed, and is sent whatever is chosen. */
export type NoticeGroup = "balance" | "usage" | "subscription" | "invoices" | "methods" | "always";

export const NOTICE_GROUPS: Record<NoticeKind, NoticeGroup> = {
  charged: "balance",
  resumed: "balance",
  low_balance: "balance",
  limit_80: "balance",
  limit_100: "balance",
  blocked: "balance",
  refunded: "balance",
  usage_80: "usage",
  usage_100: "usage",
  trial_ending: "subscription",
  renewal_coming: "subscription",
  subscription_started: "subscription",
  subscription_changed: "subscription",
  subscription_ending: "subscription",
  subscription_ended: "subscription",
  invoice_sent: "invoices",
  invoice_paid: "invoices",
  invoice_overdue: "invoices",
  dunning_recovered: "invoices",
  method_expiring: "methods",
  declined: "always",
  paused: "always",
  needs_authentication: "always",
  payment_returned: "always",
  invoice_disputed: "always",
  refund_failed: "always",
  invoice_failed: "always",
  dunning_failed: "always",
  dunning_grace_ending: "always",
  dunning_ended: "always",
};

export const isMutable = (kind: NoticeKind): boolean => NOTICE_GROUPS[kind] !== "always";

const own = (scope: TenantScope & { userId: NonNullable<TenantScope["userId"]> }) =>
  and(eq(mutedNotices.tenantId, scope.tenantId), eq(mutedNotices.userId, scope.userId));

function personal(scope: TenantScope) {
  if (!scope.userId) throw new AppError("forbidden");
  return { ...scope, userId: scope.userId };
}

/** The kinds whose mails the person does not want from this tenant. @throws AppError forbidden (nobody's own) */
export async function listMuted(scope: TenantScope): Promise<NoticeKind[]> {
  const rows = await withTenant(scope, (tx) =>
    tx
      .select({ kind: mutedNotices.kind })
      .from(mutedNotices)
      .where(own(personal(scope))),
  );
  return NOTICE_KINDS.filter((kind) => rows.some((row) => row.kind === kind));
}

/** Makes these the kinds that are not mailed; those that cannot be muted are left out. @throws AppError forbidden */
export async function saveMuted(scope: TenantScope, kinds: readonly NoticeKind[]): Promise<void> {
  const person = personal(scope);
  const rows = [...new Set(kinds)]
    .filter(isMutable)
    .map((kind) => ({ tenantId: person.tenantId, userId: person.userId, kind, mutedAt: now() }));
  await withTenant(scope, async (tx) => {
    await tx.delete(mutedNotices).where(own(person));
    if (rows.length > 0) await tx.insert(mutedNotices).values(rows);
  });
}
