import type Stripe from "stripe";
import type { Account } from "../../account";
import type { Interval } from "../periods/calendar";
import { type Anchor, type Period, periodAround, type Recurrence } from "../periods/periods";

type Item = Stripe.SubscriptionItem;

export const ENDED: readonly string[] = ["canceled", "incomplete_expired"];

export function isEnded({ status }: Stripe.Subscription): boolean {
  return ENDED.includes(status);
}

/** How often a price is billed. @throws for a price that is not recurring, which no item has */
export function recurrenceOf({ id, recurring }: Stripe.Price): Recurrence {
  if (!recurring) throw new Error(`${id} is not recurring`);
  return { interval: recurring.interval as Interval, interval_count: recurring.interval_count };
}

export function isMetered({ recurring }: Stripe.Price): boolean {
  return recurring?.usage_type === "metered";
}

export function anchorOf(subscription: Stripe.Subscription): Anchor {
  const { billing_cycle_anchor: unix, billing_cycle_anchor_config: config } = subscription;
  return { unix, ...(config && { dayOfMonth: config.day_of_month }) };
}

/** A period that begins anywhere in a cycle and ends with it. */
export interface BilledPeriod extends Period {
  /** The whole cycle that the price is for. */
  cycle: Period;
}

/** The period of a price from a moment on: to the end of its cycle, or to the cancellation if that comes first. */
export function periodFrom(subscription: Stripe.Subscription, price: Stripe.Price, start: number): BilledPeriod {
  const cycle = periodAround(anchorOf(subscription), recurrenceOf(price), start);
  const { cancel_at: cancelAt } = subscription;
  const end = cancelAt !== null && cancelAt > start ? Math.min(cancelAt, cycle.end) : cycle.end;
  return { start, end, cycle };
}

export function isWhole({ start, end, cycle }: BilledPeriod): boolean {
  return start === cycle.start && end === cycle.end;
}

export function withPeriod(item: Item, { start, end }: Period): Item {
  return { ...item, current_period_start: start, current_period_end: end };
}

export function itemsOf(subscription: Stripe.Subscription): Item[] {
  return subscription.items.data;
}

export function withItems(subscription: Stripe.Subscription, data: Item[]): Stripe.Subscription {
  return { ...subscription, items: { ...subscription.items, data } };
}

/** End of the item period that ends first. */
export function firstPeriodEnd(subscription: Stripe.Subscription): number {
  return Math.min(...itemsOf(subscription).map((item) => item.current_period_end));
}

export function lastPeriodStart(subscription: Stripe.Subscription): number {
  return Math.max(...itemsOf(subscription).map((item) => item.current_period_start));
}

export function lastPeriodEnd(subscription: Stripe.Subscription): number {
  return Math.max(...itemsOf(subscription).map((item) => item.current_period_end));
}

/** The customer, who cannot be deleted while a subscription goes on. */
export function customerOf(account: Account, subscription: Stripe.Subscription): Stripe.Customer {
  const customer = account.tables.customers.get(String(subscription.customer));
  if (!customer || customer.deleted) throw new Error(`${subscription.id} has no customer`);
  return customer;
}

/** The method that its invoices are paid with. */
export function methodOf(account: Account, subscription: Stripe.Subscription): string | null {
  const own = subscription.default_payment_method;
  const general = customerOf(account, subscription).invoice_settings.default_payment_method;
  return (own ?? general) as string | null;
}
