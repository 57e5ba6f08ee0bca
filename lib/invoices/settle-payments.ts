import type { Tx } from "@/db/client";
import { invoicePayments } from "@/db/schema";
import { now } from "@/lib/clock";
import { returnToBudget } from "@/lib/payment-methods/card-budget";
import type { InvoiceSnapshot } from "@/lib/stripe/invoice";
import { isPayment, lockOpenPayment, type PaymentRow } from "./payment-rows";
import type { InvoiceRow } from "./rows";

/** A bank debit takes days; webhooks tell sooner, this is the safety net. */
const PROCESSING_CHECK_MS = 6 * 3_600_000;

/** Changes a payment's row, and the copy that the caller has. */
export async function updatePayment(tx: Tx, payment: PaymentRow, values: Partial<PaymentRow>): Promise<void> {
  Object.assign(payment, values);
  await tx.update(invoicePayments).set(values).where(isPayment(payment));
}

/**
 * Brings our record of the payment under way to what the invoice says: paid, on its way, or sent back. A decline is left to whoever
 * asked for it: the invoice may still tell of an earlier one. The invoice is locked by the caller.
 */
export async function settlePayments(tx: Tx, invoice: InvoiceRow, said: InvoiceSnapshot): Promise<void> {
  const payment = await lockOpenPayment(tx, invoice.tenantId, invoice.invoiceId);
  if (!payment) return;
  const paid = said.payments.find((one) => one.status === "succeeded");
  if (said.status === "paid") {
    await updatePayment(tx, payment, {
      state: paid ? "succeeded" : "failed",
      ...(paid && { stripePaymentIntentId: paid.paymentIntentId }),
      failureCode: paid ? null : "not_needed",
      declineCode: null,
      failureMessage: null,
      completedAt: now(),
    });
    return returnToBudget(tx, invoice.tenantId, payment.paymentId);
  }
  if (said.status === "void") {
    await updatePayment(tx, payment, { state: "failed", failureCode: "invoice_void", completedAt: now() });
    return returnToBudget(tx, invoice.tenantId, payment.paymentId);
  }
  const onItsWay = said.payments.find((one) => one.status === "processing");
  if (onItsWay) {
    await updatePayment(tx, payment, {
      state: "processing",
      stripePaymentIntentId: onItsWay.paymentIntentId,
      leaseUntil: new Date(now().getTime() + PROCESSING_CHECK_MS),
    });
    return;
  }
  const returned = said.payments.find((one) => one.paymentIntentId === payment.stripePaymentIntentId);
  if (payment.state === "processing" && returned)
    await updatePayment(tx, payment, {
      state: "failed",
      failureCode: returned.error?.code ?? "canceled",
      declineCode: returned.error?.declineCode ?? null,
      failureMessage: returned.error?.message ?? null,
      completedAt: now(),
    });
}
