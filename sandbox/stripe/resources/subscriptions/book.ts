import type Stripe from "stripe";
import type { Account } from "../../account";
import { idOf } from "../../state/ids";
import type { Row } from "../../state/table";
import { bookOf as invoiceBookOf } from "../invoices/book";

/** What an item was last billed for in advance, which a credit gives back a part of. */
export interface Debit {
  /** Minor units after discounts, before exclusive tax. */
  netMinor: number;
  /** Unix seconds. */
  start: number;
  end: number;
  quantity: number;
  /** The invoice item it was billed by; null for lines of the subscription's own invoice. */
  invoiceItem: string | null;
  /** The lines it was billed by, unless an invoice item tells where it stands. */
  credited: Stripe.InvoiceLineItem.Parent.SubscriptionItemDetails.ProrationDetails.CreditedItems | null;
}

/** What a subscription has beyond what it shows; `id` is the subscription's. */
export interface SubscriptionBook extends Row {
  /** When it is looked at next, milliseconds of its clock; null when nothing will happen by itself. */
  wakeAtMs: number | null;
  /** The work that will look at it then. */
  wake: string | null;
  /** The end of a trial, and of a period, that has been announced. */
  announcedTrialEnd: number | null;
  announcedPeriodEnd: number | null;
  /** By item. */
  debits: Record<string, Debit>;
  /** By item: what was used before has been billed, or never will be; unix seconds. */
  usageSince: Record<string, number>;
  /** An invoice whose payment takes the subscription out of its pause. */
  resumesOn: string | null;
}

const BLANK = {
  wakeAtMs: null,
  wake: null,
  announcedTrialEnd: null,
  announcedPeriodEnd: null,
  debits: {},
  usageSince: {},
  resumesOn: null,
};

export function bookOf(account: Account, subscription: string): SubscriptionBook {
  return account.tables.subscriptionBooks.get(subscription) ?? { id: subscription, ...BLANK };
}

/** Changes what is known of a subscription. */
export function note(account: Account, subscription: string, members: Partial<SubscriptionBook>): void {
  account.tables.subscriptionBooks.put({ ...bookOf(account, subscription), ...members });
}

/** The lines a debit was billed by; null while it waits for an invoice. */
export function creditedBy(account: Account, { invoiceItem, credited }: Debit): Debit["credited"] {
  if (invoiceItem === null) return credited;
  const invoice = idOf(account.tables.invoiceItems.get(invoiceItem)?.invoice);
  if (!invoice) return null;
  const lines = invoiceBookOf(account, invoice).lines.filter((line) => line.invoiceItem === invoiceItem);
  return { invoice, invoice_line_items: lines.map(({ id }) => id) };
}
