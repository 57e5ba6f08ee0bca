import type Stripe from "stripe";
import type { InvoiceStatus } from "@/db/schema/invoices";
import type { InvoiceId, StripeCustomerId } from "@/lib/ids";
import { type Minor, toMinor } from "@/lib/money/minor";
import { stripe } from "./client";
import { EXPANDED, type SubscriptionSnapshot, snapshotOfSubscription } from "./subscription";

/** The most that Stripe gives at a time. */
const PAGE = 100;

async function* inPages<T, R>(all: AsyncIterable<T>, read: (one: T) => R): AsyncGenerator<R[]> {
  let page: R[] = [];
  for await (const one of all) {
    page.push(read(one));
    if (page.length < PAGE) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}

/** Every subscription of the account that has not been canceled, a page at a time. @throws Stripe's errors */
export function listLiveSubscriptions(): AsyncGenerator<SubscriptionSnapshot[]> {
  const expand = EXPANDED.filter((path) => path.startsWith("discounts")).map((path) => `data.${path}`);
  return inPages(stripe().subscriptions.list({ limit: PAGE, expand }), snapshotOfSubscription);
}

/** What a list says of an invoice: enough to see whether ours is another one. */
export type InvoiceFigures = {
  stripeInvoiceId: string;
  stripeCustomerId: StripeCustomerId;
  /** Ours, when it was written by hand here. */
  invoiceId: InvoiceId | null;
  status: InvoiceStatus;
  totalMinor: Minor;
  amountDueMinor: Minor;
  amountPaidMinor: Minor;
  creditedMinor: Minor;
};

const figuresOf = (invoice: Stripe.Invoice): InvoiceFigures => ({
  stripeInvoiceId: invoice.id,
  stripeCustomerId: (typeof invoice.customer === "string"
    ? invoice.customer
    : invoice.customer?.id) as StripeCustomerId,
  invoiceId: (invoice.metadata?.evenkeel_invoice ?? null) as InvoiceId | null,
  status: (invoice.status ?? "draft") as InvoiceStatus,
  totalMinor: toMinor(invoice.total),
  amountDueMinor: toMinor(invoice.amount_due),
  amountPaidMinor: toMinor(invoice.amount_paid),
  creditedMinor: toMinor(invoice.post_payment_credit_notes_amount + invoice.pre_payment_credit_notes_amount),
});

/** The account's invoices that are open, or that were made since an instant, a page at a time. @throws Stripe's errors */
export function listInvoiceFigures(which: "open" | { since: Date }): AsyncGenerator<InvoiceFigures[]> {
  const filter = which === "open" ? { status: which } : { created: { gte: Math.floor(which.since.getTime() / 1000) } };
  return inPages(stripe().invoices.list({ ...filter, limit: PAGE }), figuresOf);
}
