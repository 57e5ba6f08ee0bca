import { and, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { invoicePayments } from "@/db/schema";
import { now } from "@/lib/clock";
import { newId, type PaymentMethodId } from "@/lib/ids";
import { countInBudget, fingerprintOf } from "@/lib/payment-methods/card-budget";
import type { InvoiceSnapshot } from "@/lib/stripe/invoice";
import type { InvoiceRow } from "./rows";

/**
 * The first charge of a subscription's invoice is Stripe's own: when it is declined it is listed among the tries like one of ours,
 * with its date and reason. That of a renewal has used the card as well; that of a beginning was counted before it was asked for.
 */
export async function noteStripesTry(tx: Tx, invoice: InvoiceRow, said: InvoiceSnapshot): Promise<void> {
  const { tenantId, invoiceId } = invoice;
  if (!invoice.chargesAutomatically || !invoice.subscriptionId) return;
  const declined = said.payments.find(
    ({ status, error }) => error && (status === "requires_payment_method" || status === "canceled"),
  );
  if (!declined?.error) return;
  const known = and(eq(invoicePayments.tenantId, tenantId), eq(invoicePayments.invoiceId, invoiceId));
  if ((await tx.$count(invoicePayments, known)) > 0) return;
  const at = now();
  const paymentId = newId();
  const paymentMethodId = declined.paymentMethodId as PaymentMethodId | null;
  await tx.insert(invoicePayments).values({
    tenantId,
    paymentId,
    invoiceId,
    state: "failed",
    trigger: "stripe",
    currency: invoice.currency,
    amountMinor: declined.amountMinor,
    paymentMethodId,
    fingerprint: paymentMethodId && (await fingerprintOf(tx, tenantId, paymentMethodId)),
    stripePaymentIntentId: declined.paymentIntentId,
    createdAt: at,
    leaseUntil: at,
    completedAt: at,
    failureCode: declined.error.code,
    declineCode: declined.error.declineCode,
    failureMessage: declined.error.message,
  });
  if (invoice.reason === "subscription_cycle" && paymentMethodId)
    await countInBudget(tx, { tenantId, paymentMethodId, tryId: paymentId, purpose: "invoice" });
}
