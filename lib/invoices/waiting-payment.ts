import type { TenantScope } from "@/lib/auth/scope";
import { invoiceClientSecret } from "@/lib/stripe/invoices";
import { getInvoice, type InvoiceDetail } from "./queries";
import { refuseInvoice } from "./refusals";
import { syncInvoice } from "./sync";

export type WaitingPayment = {
  invoice: InvoiceDetail;
  /** What the browser finishes the payment by; null: nothing waits for the customer. */
  clientSecret: string | null;
  paymentMethodId: string | null;
};

/** The payment of an invoice that the customer's bank wants to ask about. @throws AppError not_found · stripe_unavailable */
export async function getWaitingPayment(scope: TenantScope, invoiceId: string): Promise<WaitingPayment> {
  const invoice = await getInvoice(scope, invoiceId);
  const waiting = invoice.payments.find((payment) => payment.state === "requires_action");
  if (!waiting || invoice.status === "paid" || !invoice.stripeInvoiceId)
    return { invoice, clientSecret: null, paymentMethodId: null };
  return {
    invoice,
    clientSecret: await invoiceClientSecret(invoice.stripeInvoiceId).catch(refuseInvoice),
    paymentMethodId: waiting.paymentMethodId,
  };
}

/** The invoice as Stripe has it now, payments and all. @throws AppError not_found · stripe_unavailable */
export async function refreshInvoice(scope: TenantScope, invoiceId: string): Promise<InvoiceDetail> {
  const { stripeInvoiceId } = await getInvoice(scope, invoiceId);
  if (stripeInvoiceId) await syncInvoice(stripeInvoiceId).catch(refuseInvoice);
  return getInvoice(scope, invoiceId);
}
