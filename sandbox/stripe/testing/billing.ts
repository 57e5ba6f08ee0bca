import type Stripe from "stripe";
import { customerWith } from "./stand-in";

/** A customer whose saved method is the default for invoices. */
export async function billedCustomer(stripe: Stripe, method = "pm_card_visa"): Promise<string> {
  const saved = await customerWith(stripe, method);
  await stripe.customers.update(saved.customer, {
    invoice_settings: { default_payment_method: saved.payment_method },
  });
  return saved.customer;
}

/** A draft with one line. @param amount minor units */
export async function draftOver(
  stripe: Stripe,
  customer: string,
  amount: number,
  more: Stripe.InvoiceCreateParams = {},
): Promise<Stripe.Invoice> {
  const draft = await stripe.invoices.create({ customer, currency: "usd", ...more });
  await stripe.invoiceItems.create({
    customer,
    invoice: draft.id,
    amount,
    currency: draft.currency,
    description: "Work",
  });
  return stripe.invoices.retrieve(draft.id);
}

/** A finalised invoice with one line. */
export async function openOver(
  stripe: Stripe,
  customer: string,
  amount: number,
  more: Stripe.InvoiceCreateParams = {},
): Promise<Stripe.Invoice> {
  const draft = await draftOver(stripe, customer, amount, more);
  return stripe.invoices.finalizeInvoice(draft.id);
}

/** The intent that pays an invoice. */
export async function intentOf(stripe: Stripe, invoice: string): Promise<Stripe.PaymentIntent> {
  const [payment] = (await stripe.invoicePayments.list({ invoice })).data;
  return stripe.paymentIntents.retrieve(String(payment?.payment.payment_intent));
}

/** Types of the events that came after the newest `known` ones, oldest first. */
export async function newEvents(stripe: Stripe, known: number): Promise<string[]> {
  const events = await stripe.events.list({ limit: 100 }).autoPagingToArray({ limit: 1_000 });
  return events
    .map((event) => event.type)
    .reverse()
    .slice(known);
}

export async function countEvents(stripe: Stripe): Promise<number> {
  return (await stripe.events.list({ limit: 100 }).autoPagingToArray({ limit: 1_000 })).length;
}
