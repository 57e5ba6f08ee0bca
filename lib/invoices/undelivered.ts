import { and, eq, gt, inArray, isNull, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { invoices, subscriptionChanges } from "@/db/schema";
import { now } from "@/lib/clock";
import { endForSubscription } from "@/lib/dunning/cases";
import { AppError } from "@/lib/errors";
import type { InvoiceSnapshot } from "@/lib/stripe/invoice";
import type { SubscriptionRow } from "@/lib/subscriptions/end";
import type { InvoiceRow } from "./rows";

type Ended = Pick<SubscriptionRow, "tenantId" | "subscriptionId" | "endedAt">;

/** Whether a subscription ended before the period that an invoice asks for was over. */
export const isUndelivered = (invoice: Pick<InvoiceSnapshot, "periodEnd">, { endedAt }: Ended): boolean =>
  endedAt !== null && endedAt < invoice.periodEnd;

/**
 * Ends what would still collect the open invoices of a subscription that has ended before their period was over, and marks them to be
 * voided at Stripe: nothing is charged for what is not delivered. One whose period was delivered to its end stays owed.
 */
export async function withdrawUndelivered(tx: Tx, { tenantId, subscriptionId, endedAt }: Ended): Promise<void> {
  if (!endedAt) return;
  const withdrawn = await tx
    .update(invoices)
    .set({ withdrawAt: now() })
    .where(
      and(
        eq(invoices.tenantId, tenantId),
        eq(invoices.subscriptionId, subscriptionId),
        eq(invoices.status, "open"),
        gt(invoices.periodEnd, endedAt),
        isNull(invoices.withdrawAt),
      ),
    )
    .returning();
  for (const invoice of withdrawn) await endForSubscription(tx, invoice);
}

/**
 * Lets nothing be collected for a subscription that has ended, or is being ended now.
 * @throws AppError invoice_not_open · change_in_progress
 */
export async function checkDelivered(tx: Tx, { tenantId, subscriptionId, withdrawAt }: InvoiceRow): Promise<void> {
  if (withdrawAt) throw new AppError("invoice_not_open", "the subscription has ended: the invoice is being voided");
  if (!subscriptionId) return;
  const ending = await tx.$count(
    subscriptionChanges,
    and(
      eq(subscriptionChanges.tenantId, tenantId),
      eq(subscriptionChanges.subscriptionId, subscriptionId),
      eq(subscriptionChanges.kind, "cancel"),
      inArray(subscriptionChanges.state, ["started", "unknown"]),
      sql`${subscriptionChanges.terms} ->> 'when' = 'now'`,
    ),
  );
  if (ending > 0) throw new AppError("change_in_progress", "the subscription of this invoice is being ended");
}
