import type Stripe from "stripe";
import type { Account } from "../../account";
import { newId } from "../../state/ids";
import { emit } from "../../webhooks/events";
import type { DraftLine } from "../invoices/draft-input";
import { holdLine, pricingOf } from "../invoices/lines";
import { asDecimal } from "../pricing/decimal";

function parentOf({ subscription, subscriptionItem }: DraftLine): Stripe.InvoiceItem.Parent | null {
  if (!subscription) return null;
  return {
    subscription_details: { subscription, ...(subscriptionItem && { subscription_item: subscriptionItem }) },
    type: "subscription_details",
  };
}

function prorationDetailsOf({ prorationDetails }: DraftLine): Stripe.InvoiceItem.ProrationDetails {
  const credited = prorationDetails?.credited_items;
  return {
    credited_items: credited ? { invoice_line_item_details: credited, type: "invoice_line_items" } : null,
    discount_amounts: [],
  };
}

/** An invoice item, not stored yet. @param line as it will stand on the invoice */
export function buildItem(
  account: Account,
  customer: Stripe.Customer,
  currency: string,
  line: DraftLine,
  invoice: string | null,
  id = newId("ii"),
): Stripe.InvoiceItem {
  const quantity = line.quantity ?? 1;
  return {
    id,
    object: "invoiceitem",
    amount: line.amountMinor,
    currency,
    customer: customer.id,
    customer_account: null,
    date: account.nowUnix(),
    description: line.description,
    discountable: line.discountable,
    discounts: line.discounts,
    invoice,
    livemode: false,
    metadata: line.metadata,
    ...(!line.discountable && { net_amount: line.amountMinor }),
    parent: parentOf(line),
    period: line.period,
    pricing: pricingOf(holdLine(line).pricing),
    proration: line.proration,
    ...(line.proration && { proration_details: prorationDetailsOf(line) }),
    quantity: Math.trunc(quantity),
    quantity_decimal: asDecimal(String(quantity)),
    tax_rates: line.taxRates,
    test_clock: customer.test_clock ?? null,
  } satisfies Stripe.InvoiceItem;
}

/**
 * Stores an invoice item that waits for the next invoice (a proration, say) and announces it by `invoiceitem.created`.
 * @param line as it will stand on the invoice; `invoiceItem` is ignored
 */
export function addPendingItem(
  account: Account,
  customer: Stripe.Customer,
  currency: string,
  line: DraftLine,
): Stripe.InvoiceItem {
  const item = account.tables.invoiceItems.put(buildItem(account, customer, currency, line, null));
  emit(account, "invoiceitem.created", item);
  return item;
}
