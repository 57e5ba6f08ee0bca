import { and, asc, eq, gt, gte, lt } from "drizzle-orm";
import { type Reader, systemDb } from "@/db/client";
import { invoices, tenants } from "@/db/schema";
import type { TenantScope } from "@/lib/auth/scope";
import { now } from "@/lib/clock";
import { AppError, invalid } from "@/lib/errors";
import { add, type Minor, min, negate, subtract, ZERO } from "@/lib/money/minor";
import type { SubscriptionRow } from "./end";
import { type ChangePreview, previewOfEnd } from "./preview";
import { readSubscription } from "./queries";

/** What an end now takes back: nobody pays it, and nobody is paid it. */
export type Withdrawn = {
  /** Of the pause that it ends: what of its credit is not used. */
  creditMinor: Minor;
  /** Those whose period would not be delivered to its end; they become void. */
  invoices: { invoiceId: string; number: string | null; amountMinor: Minor }[];
};

type Ends = Pick<SubscriptionRow, "tenantId" | "subscriptionId" | "pausedAt">;

/** What is there of the credit that a pause gave: no more than it gave, and no more than is left. */
async function creditOf(db: Reader, { tenantId, subscriptionId, pausedAt }: Ends): Promise<Minor> {
  if (!pausedAt) return ZERO;
  const [given, [tenant]] = await Promise.all([
    db
      .select({ totalMinor: invoices.totalMinor })
      .from(invoices)
      .where(
        and(
          eq(invoices.tenantId, tenantId),
          eq(invoices.subscriptionId, subscriptionId),
          gte(invoices.createdAt, pausedAt),
          lt(invoices.totalMinor, ZERO),
        ),
      ),
    db.select({ creditMinor: tenants.creditMinor }).from(tenants).where(eq(tenants.tenantId, tenantId)),
  ]);
  return min(tenant?.creditMinor ?? ZERO, add(...given.map(({ totalMinor }) => negate(totalMinor))));
}

const openInvoicesOf = (db: Reader, { tenantId, subscriptionId }: Ends) =>
  db
    .select()
    .from(invoices)
    .where(
      and(
        eq(invoices.tenantId, tenantId),
        eq(invoices.subscriptionId, subscriptionId),
        eq(invoices.status, "open"),
        gt(invoices.periodEnd, now()),
      ),
    )
    .orderBy(asc(invoices.createdAt));

/** What ending a subscription now would take back, by what is known here. */
export async function withdrawnBy(subscription: Ends): Promise<Withdrawn> {
  const [creditMinor, open] = await Promise.all([
    creditOf(systemDb(), subscription),
    openInvoicesOf(systemDb(), subscription),
  ]);
  return {
    creditMinor,
    invoices: open.map(({ invoiceId, number, amountDueMinor, amountPaidMinor }) => ({
      invoiceId,
      number,
      amountMinor: subtract(amountDueMinor, amountPaidMinor),
    })),
  };
}

/**
 * What an end would do. Changes nothing.
 * @throws AppError not_found · subscription_ended · invalid_request for the free plan · change_refused (paused: only now)
 */
export async function previewCancel(
  scope: TenantScope,
  subscriptionId: string,
  when: "period_end" | "now",
): Promise<{ preview: ChangePreview; withdrawn: Withdrawn | null }> {
  const row = await readSubscription(systemDb(), scope.tenantId, subscriptionId);
  if (row.endedAt) throw new AppError("subscription_ended");
  if (!row.stripeSubscriptionId) throw invalid("id", "the free plan has no end");
  const at = now();
  if (when === "now") return { preview: previewOfEnd(row, at, at), withdrawn: await withdrawnBy(row) };
  if (row.status === "paused") throw new AppError("change_refused", "a paused subscription has no period to end");
  return { preview: previewOfEnd(row, row.currentPeriodEnd, at), withdrawn: null };
}
