import type Stripe from "stripe";
import type { Account } from "../../account";
import type { Row } from "../../state/table";

/** What an item was last billed for in advance, which a credit gives back a part of. */
export interface Debit {
  /** Minor units after discounts, before exclusive tax. */
  netMinor: number;
  /** Unix seconds. */
  start: number;
  end: number;
  quantity: number;
  /** Where it was billed; null while it waits for an invoice. */
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
  /** An invoice whose payment takes the subscription out of its pause. */
  resumesOn: string | null;
}

const BLANK = {
  wakeAtMs: null,
  wake: null,
  announcedTrialEnd: null,
  announcedPeriodEnd: null,
  debits: {},
  resumesOn: null,
};

export function bookOf(account: Account, subscription: string): SubscriptionBook {
  return account.tables.subscriptionBooks.get(subscription) ?? { id: subscription, ...BLANK };
}

/** Changes what is known of a subscription. */
export function note(account: Account, subscription: string, members: Partial<SubscriptionBook>): void {
  account.tables.subscriptionBooks.put({ ...bookOf(account, subscription), ...members });
}
