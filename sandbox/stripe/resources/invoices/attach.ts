import type Stripe from "stripe";
import type { Account } from "../../account";
import { invalidRequest, resourceMissing } from "../../http/errors";
import { idOf } from "../../state/ids";
import { addPayment } from "./intent";
import { intentSucceeded } from "./intents";

/**
 * `POST /v1/invoices/:id/attach_payment`: a payment made beside the invoice counts towards it, at once when it has succeeded.
 * @throws StripeFailure 400, 404
 */
export function attachPayment(account: Account, invoice: Stripe.Invoice, intentId: string): Stripe.Invoice {
  const intent = account.tables.paymentIntents.get(intentId);
  if (!intent) throw resourceMissing("payment_intent", intentId, "payment_intent");
  const refuse = (because: string) => invalidRequest(because, { param: "payment_intent" });
  if (invoice.status !== "open" && invoice.status !== "uncollectible")
    throw refuse(`You cannot attach a payment to an invoice with the status ${invoice.status}.`);
  if (intent.currency !== invoice.currency)
    throw refuse("The currency of the PaymentIntent does not match the currency of the invoice.");
  if (idOf(intent.customer) !== idOf(invoice.customer))
    throw refuse("The customer of the PaymentIntent does not match the customer of the invoice.");
  if (intent.status === "canceled") throw refuse("You cannot attach a canceled PaymentIntent to an invoice.");
  if (account.tables.invoiceIntents.get(intent.id))
    throw refuse("The PaymentIntent is attached to an invoice already.");
  addPayment(account, invoice, intent, false);
  if (intent.status === "succeeded") intentSucceeded(account, intent);
  return account.tables.invoices.get(invoice.id) ?? invoice;
}
