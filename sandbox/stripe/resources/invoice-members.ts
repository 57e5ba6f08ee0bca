import type Stripe from "stripe";
import type { Account } from "../account";
import { idOf } from "../state/ids";

/** The secret by which a browser pays the invoice; a draft has none yet. */
function confirmationSecret(account: Account, id: string): Stripe.Invoice.ConfirmationSecret | null {
  for (const payment of account.tables.invoicePayments.whose("invoice", id).newestFirst()) {
    const intent = account.tables.paymentIntents.get(idOf(payment.payment.payment_intent) ?? "");
    if (payment.is_default && intent?.client_secret)
      return { client_secret: intent.client_secret, type: "payment_intent" };
  }
  return null;
}

function payments(account: Account, id: string) {
  const data = [...account.tables.invoicePayments.whose("invoice", id).newestFirst()];
  return { object: "list" as const, data, has_more: false, url: `/v1/invoice_payments?invoice=${id}` };
}

/** Members of invoices that appear only when they are expanded. */
export const INVOICE_MEMBERS: Record<string, (account: Account, id: string) => unknown> = {
  "invoice.confirmation_secret": confirmationSecret,
  "invoice.payments": payments,
};
