import Stripe from "stripe";
import type { PaymentIntentId } from "@/lib/ids";
import { decimalsOf, toCurrency } from "@/lib/money/currency";
import { stripe } from "./client";
import { INVOICE_EXPANDED, type InvoiceSnapshot, snapshotOfInvoice, taxRatesOf } from "./invoice";
import { percentageOfAll } from "./tax-rates";

/** The snapshot with all lines, however many there are. @throws Stripe's errors */
export async function wholeInvoice(invoice: Stripe.Invoice): Promise<InvoiceSnapshot> {
  const lines: Stripe.InvoiceLineItem[] = [];
  if (invoice.lines.has_more) {
    for await (const line of stripe().invoices.listLineItems(invoice.id, { limit: 100 })) lines.push(line);
  } else lines.push(...invoice.lines.data);
  const decimals = decimalsOf(toCurrency(invoice.currency));
  return snapshotOfInvoice(invoice, lines, decimals, await percentageOfAll(taxRatesOf(invoice)));
}

/** @returns null for a draft that was deleted @throws Stripe's errors */
export async function fetchInvoice(stripeInvoiceId: string): Promise<InvoiceSnapshot | null> {
  try {
    return await wholeInvoice(await stripe().invoices.retrieve(stripeInvoiceId, { expand: INVOICE_EXPANDED }));
  } catch (error) {
    if (error instanceof Stripe.errors.StripeInvalidRequestError && error.code === "resource_missing") return null;
    throw error;
  }
}

/** The invoice that a payment intent pays; null for none. @throws Stripe's errors */
export async function invoiceOfIntent(paymentIntentId: PaymentIntentId): Promise<string | null> {
  const payments = await stripe().invoicePayments.list({
    payment: { type: "payment_intent", payment_intent: paymentIntentId },
    limit: 1,
  });
  const invoice = payments.data[0]?.invoice;
  return typeof invoice === "string" ? invoice : (invoice?.id ?? null);
}

/** Stripe does not try to collect it any more: the timetable is ours. @throws Stripe's errors */
export async function stopCollecting(stripeInvoiceId: string): Promise<void> {
  await stripe().invoices.update(stripeInvoiceId, { auto_advance: false });
}

/** @throws Stripe's errors */
export async function voidInvoiceAtStripe(stripeInvoiceId: string): Promise<InvoiceSnapshot> {
  return wholeInvoice(await stripe().invoices.voidInvoice(stripeInvoiceId, { expand: INVOICE_EXPANDED }));
}

/** @throws Stripe's errors */
export async function markUncollectibleAtStripe(stripeInvoiceId: string): Promise<InvoiceSnapshot> {
  return wholeInvoice(await stripe().invoices.markUncollectible(stripeInvoiceId, { expand: INVOICE_EXPANDED }));
}

/** What the browser finishes the payment of an open invoice with; null when there is nothing to finish. @throws Stripe's errors */
export async function invoiceClientSecret(stripeInvoiceId: string): Promise<string | null> {
  const invoice = await stripe().invoices.retrieve(stripeInvoiceId, { expand: ["confirmation_secret"] });
  return invoice.confirmation_secret?.client_secret ?? null;
}
