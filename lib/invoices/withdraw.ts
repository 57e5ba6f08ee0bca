import { and, asc, eq, isNotNull, lte } from "drizzle-orm";
import { systemDb } from "@/db/client";
import { invoices } from "@/db/schema";
import { now } from "@/lib/clock";
import type { TenantId } from "@/lib/ids";
import { log } from "@/lib/log";
import { LEASE_MS } from "@/lib/recharge/claim";
import { stripeFailure } from "@/lib/stripe/failures";
import { voidInvoiceAtStripe } from "@/lib/stripe/invoices";
import { lockOpenPayment } from "./payment-rows";
import type { InvoiceRow } from "./rows";
import { applyInvoice, syncInvoice } from "./sync";

const isWaiting = and(eq(invoices.status, "open"), isNotNull(invoices.withdrawAt));

/** Stripe decides between a payment of the last minute and the end: it voids only what is open and has no money on its way. */
export async function voidOrSync(stripeInvoiceId: string): Promise<void> {
  const at = now();
  try {
    await applyInvoice(await voidInvoiceAtStripe(stripeInvoiceId), at);
  } catch (error) {
    if (stripeFailure(error)?.kind !== "invalid") throw error;
    await syncInvoice(stripeInvoiceId);
  }
}

/** Takes it for as long as it can take: the WHERE is the lock. */
async function take(row: InvoiceRow): Promise<boolean> {
  const at = now();
  const taken = await systemDb()
    .update(invoices)
    .set({ withdrawAt: new Date(at.getTime() + LEASE_MS) })
    .where(
      and(
        eq(invoices.tenantId, row.tenantId),
        eq(invoices.invoiceId, row.invoiceId),
        isWaiting,
        lte(invoices.withdrawAt, at),
      ),
    )
    .returning({ invoiceId: invoices.invoiceId });
  return taken.length > 0;
}

/** A payment that somebody is making is left alone until its lease is over; then the resolver asks Stripe what became of it. */
async function withdraw({ tenantId, invoiceId, stripeInvoiceId }: InvoiceRow): Promise<void> {
  const open = await systemDb().transaction((tx) => lockOpenPayment(tx, tenantId, invoiceId));
  if (open && open.state !== "requires_action") return;
  if (stripeInvoiceId) await voidOrSync(stripeInvoiceId);
}

/**
 * Voids at Stripe what is not delivered any more; what cannot be voided yet is looked at again.
 * @param tenantId only that one's @returns how many were due
 */
export async function withdrawInvoices(limit: number, tenantId?: TenantId): Promise<number> {
  const due = await systemDb()
    .select()
    .from(invoices)
    .where(
      and(
        isWaiting,
        lte(invoices.withdrawAt, now()),
        tenantId === undefined ? undefined : eq(invoices.tenantId, tenantId),
      ),
    )
    .orderBy(asc(invoices.withdrawAt))
    .limit(limit);
  for (const row of due) {
    if (!(await take(row))) continue;
    await withdraw(row).catch((error) =>
      log().warn({ err: error, tenantId: row.tenantId, invoiceId: row.invoiceId }, "an invoice is not voided yet"),
    );
  }
  return due.length;
}

/** When the next one is looked at; null: there is none. */
export async function nextWithdrawAt(): Promise<Date | null> {
  const [row] = await systemDb()
    .select({ at: invoices.withdrawAt })
    .from(invoices)
    .where(isWaiting)
    .orderBy(asc(invoices.withdrawAt))
    .limit(1);
  return row?.at ?? null;
}
