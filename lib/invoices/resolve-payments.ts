import { and, asc, eq, inArray, lte } from "drizzle-orm";
import { systemDb } from "@/db/client";
import { invoicePayments, invoices } from "@/db/schema";
import { now } from "@/lib/clock";
import { log } from "@/lib/log";
import { LEASE_MS } from "@/lib/recharge/claim";
import { executePayment } from "./pay";
import { isPayment, isUnderWay, OPEN_PAYMENTS, type PaymentRow } from "./payment-rows";
import { abandonPayment } from "./record-payment";
import { syncInvoice } from "./sync";
import { voidOrSync } from "./withdraw";

/** Stripe may forget an idempotency key after 24 hours; an hour earlier it is not sent again. */
const KEY_TRUSTED_MS = 23 * 3_600_000;

/** Takes over a payment whose lease has ended: the WHERE is the lock. */
async function takeOver(payment: PaymentRow): Promise<PaymentRow | null> {
  const at = now();
  const [row] = await systemDb()
    .update(invoicePayments)
    .set({ leaseUntil: new Date(at.getTime() + LEASE_MS) })
    .where(
      and(isPayment(payment), inArray(invoicePayments.state, [...OPEN_PAYMENTS]), lte(invoicePayments.leaseUntil, at)),
    )
    .returning();
  return row ?? null;
}

async function reread(payment: PaymentRow): Promise<PaymentRow> {
  const [row = payment] = await systemDb().select().from(invoicePayments).where(isPayment(payment));
  return row;
}

/**
 * Asks what became of a payment: first the invoice, which says whether it is paid or on its way; else the same key is sent again,
 * under which Stripe answers what it answered before, or does it now. What is not delivered any more is not sent again: Stripe
 * voids it, or says that it was paid.
 */
async function resolve(taken: PaymentRow): Promise<PaymentRow> {
  const [invoice] = await systemDb()
    .select({ stripeInvoiceId: invoices.stripeInvoiceId, withdrawAt: invoices.withdrawAt })
    .from(invoices)
    .where(and(eq(invoices.tenantId, taken.tenantId), eq(invoices.invoiceId, taken.invoiceId)));
  if (invoice?.stripeInvoiceId) await syncInvoice(invoice.stripeInvoiceId);
  const payment = await reread(taken);
  if (!isUnderWay(payment.state) || payment.state === "processing") return payment;
  if (invoice?.stripeInvoiceId && invoice.withdrawAt) {
    await voidOrSync(invoice.stripeInvoiceId);
    return reread(taken);
  }
  if (payment.state === "requires_action") return abandonPayment(payment, "authentication_required");
  if (now().getTime() - payment.createdAt.getTime() >= KEY_TRUSTED_MS) return abandonPayment(payment, "abandoned");
  return executePayment(payment);
}

/** Asks Stripe what became of payments that nobody has heard of. @returns how many came to an end, and how many did not */
export async function resolvePayments(limit: number): Promise<{ settled: number; open: number }> {
  const due = await systemDb()
    .select()
    .from(invoicePayments)
    .where(and(inArray(invoicePayments.state, [...OPEN_PAYMENTS]), lte(invoicePayments.leaseUntil, now())))
    .orderBy(asc(invoicePayments.leaseUntil))
    .limit(limit);
  let settled = 0;
  for (const payment of due) {
    const taken = await takeOver(payment);
    if (!taken) continue;
    const { tenantId, paymentId } = taken;
    const after = await resolve(taken).catch((error) => {
      log().warn({ err: error, tenantId, paymentId }, "a payment of an invoice is not resolved yet");
      return null;
    });
    if (after && !isUnderWay(after.state)) settled++;
  }
  return { settled, open: due.length - settled };
}

/** When the next one is due to be asked about; null: there is none. */
export async function nextPaymentCheckAt(): Promise<Date | null> {
  const [row] = await systemDb()
    .select({ at: invoicePayments.leaseUntil })
    .from(invoicePayments)
    .where(inArray(invoicePayments.state, [...OPEN_PAYMENTS]))
    .orderBy(asc(invoicePayments.leaseUntil))
    .limit(1);
  return row?.at ?? null;
}
