import { asc, isNotNull, lte } from "drizzle-orm";
import { systemDb } from "@/db/client";
import { invoicePayments } from "@/db/schema";
import { now } from "@/lib/clock";
import { AppError } from "@/lib/errors";
import { log } from "@/lib/log";
import { payInvoice } from "./pay";
import { isPayment, type PaymentRow } from "./payment-rows";

/** Refused for good: the customer sees it on the invoice, and nothing is tried by itself any more. */
async function giveUp(payment: PaymentRow): Promise<void> {
  await systemDb().update(invoicePayments).set({ retryAt: null }).where(isPayment(payment));
}

/** Other money of the same invoice may be on its way, or the operator holds charges: it stays due. */
const LATER = ["payment_in_progress", "recharge_stopped", "change_in_progress"];

/**
 * Repeats what a customer asked for and the bank declined for a while, within the card's budget. The claim of the new payment empties
 * the mark of the old one, so that each is repeated once.
 * @returns how many were due
 */
export async function retryFailedPayments(limit: number): Promise<number> {
  const due = await systemDb()
    .select()
    .from(invoicePayments)
    .where(lte(invoicePayments.retryAt, now()))
    .orderBy(asc(invoicePayments.retryAt))
    .limit(limit);
  for (const payment of due) {
    const { tenantId, invoiceId, paymentMethodId, paymentId } = payment;
    await payInvoice({
      tenantId,
      invoiceId,
      paymentMethodId,
      trigger: "retry",
      requestKey: `retry:${paymentId}`,
    }).catch(async (error) => {
      if (!(error instanceof AppError)) log().error({ err: error, tenantId, paymentId }, "a payment was not repeated");
      else if (!LATER.includes(error.code)) await giveUp(payment);
    });
  }
  return due.length;
}

/** When the next one is due to be repeated; null: there is none. */
export async function nextPaymentRetryAt(): Promise<Date | null> {
  const [row] = await systemDb()
    .select({ at: invoicePayments.retryAt })
    .from(invoicePayments)
    .where(isNotNull(invoicePayments.retryAt))
    .orderBy(asc(invoicePayments.retryAt))
    .limit(1);
  return row?.at ?? null;
}
