import type Stripe from "stripe";
import type { Account } from "../../account";
import type { StripeFailure } from "../../http/errors";
import { bookOf as invoiceBookOf } from "../invoices/book";
import { draftInvoice } from "../invoices/draft";
import type { DraftInput, DraftLine } from "../invoices/draft-input";
import { finalizeInvoice } from "../invoices/finalize";
import { payInvoice } from "../invoices/pay";
import { bookOf, type Debit, note } from "./book";
import { discountsInForce } from "./lines";
import { invoicePayments } from "./payment-settings";
import { save } from "./save";
import { customerOf } from "./terms";

export interface Billing {
  reason: Stripe.Invoice.BillingReason;
  lines: DraftLine[];
  /** Unix seconds: the time the invoice is about. */
  period: { start: number; end: number };
  autoAdvance?: boolean;
  includePendingItems?: boolean;
  prorationDate?: number | null;
  /** Of the invoice, when it is known before. */
  id?: string;
}

/** What an invoice of a subscription is drafted from: its own settings, its discounts or else the customer's. */
export function draftInput(account: Account, subscription: Stripe.Subscription, billing: Billing): DraftInput {
  const customer = customerOf(account, subscription);
  const general = customer.discount ? [customer.discount] : [];
  const discounts = subscription.discounts.length > 0 ? subscription.discounts : general;
  const { invoice_settings: settings } = subscription;
  return {
    customer,
    subscription,
    billingReason: billing.reason,
    lines: billing.lines,
    currency: subscription.currency,
    collectionMethod: subscription.collection_method as DraftInput["collectionMethod"],
    daysUntilDue: subscription.days_until_due,
    autoAdvance: billing.autoAdvance ?? true,
    defaultPaymentMethod: subscription.default_payment_method as string | null,
    paymentSettings: invoicePayments(subscription.payment_settings),
    discounts: discountsInForce(account, discounts, account.nowUnix()),
    defaultTaxRates: subscription.default_tax_rates ?? [],
    description: settings.description,
    footer: settings.footer,
    customFields: settings.custom_fields,
    periodStart: billing.period.start,
    periodEnd: billing.period.end,
    includePendingItems: billing.includePendingItems ?? true,
    ...(billing.prorationDate !== undefined && { prorationDate: billing.prorationDate }),
    ...(billing.id !== undefined && { id: billing.id }),
  };
}

/**
 * Notes what each item is billed for in advance from now on, as the invoice shows it after discounts: by the invoice's own
 * lines alone. A proration that waited was noted when it was made, and may be given back already by another item beside it.
 */
function noteDebits(account: Account, subscription: string, invoice: Stripe.Invoice): void {
  const debits: Record<string, Debit> = { ...bookOf(account, subscription).debits };
  const billed = new Map<string, Stripe.InvoiceLineItem[]>();
  for (const line of invoiceBookOf(account, invoice.id).shown) {
    const details = line.parent?.subscription_item_details;
    const usage = line.period.end <= invoice.period_end && line.period.start < invoice.period_end;
    if (!details || details.invoice_item !== null || usage || line.amount < 0) continue;
    const item = details.subscription_item;
    billed.set(item, [...(billed.get(item) ?? []), line]);
  }
  for (const [item, lines] of billed) {
    const off = (line: Stripe.InvoiceLineItem) =>
      (line.discount_amounts ?? []).reduce((sum, { amount }) => sum + amount, 0);
    debits[item] = {
      netMinor: lines.reduce((sum, line) => sum + line.amount - off(line), 0),
      start: lines[0]?.period.start ?? 0,
      end: lines[0]?.period.end ?? 0,
      quantity: lines[0]?.quantity ?? 1,
      invoiceItem: null,
      credited: { invoice: invoice.id, invoice_line_items: lines.map(({ id }) => id) },
    };
  }
  note(account, subscription, { debits });
}

/** Drafts an invoice of a subscription, which it becomes the latest of. */
export function draftFor(account: Account, subscription: Stripe.Subscription, billing: Billing): Stripe.Invoice {
  const invoice = draftInvoice(account, draftInput(account, subscription, billing));
  noteDebits(account, subscription.id, invoice);
  const present = account.tables.subscriptions.get(subscription.id) ?? subscription;
  save(account, { ...present, latest_invoice: invoice.id });
  return account.tables.invoices.get(invoice.id) ?? invoice;
}

/** Finalises an invoice and, when the customer pays by card or bank, tries to collect it at once. */
export function collectNow(
  account: Account,
  draft: Stripe.Invoice,
  how: { offSession: boolean; attempt: boolean },
): { invoice: Stripe.Invoice; failure: StripeFailure | null } {
  const invoice = finalizeInvoice(account, draft);
  if (invoice.status !== "open" || !how.attempt || invoice.collection_method !== "charge_automatically")
    return { invoice, failure: null };
  return payInvoice(account, invoice, { offSession: how.offSession });
}
