import type Stripe from "stripe";
import { customerWith } from "./stand-in";

interface Terms {
  amount?: number;
  interval?: "day" | "month" | "week" | "year";
  count?: number;
  name?: string;
}

/** A recurring price of a product of its own. */
export async function planOf(stripe: Stripe, terms: Terms = {}): Promise<Stripe.Price> {
  const { amount = 3_000, interval = "month", count = 1, name = "Pro" } = terms;
  const product = await stripe.products.create({ name });
  return stripe.prices.create({
    product: product.id,
    currency: "usd",
    unit_amount: amount,
    recurring: { interval, interval_count: count },
  });
}

/** Sums the events named `calls`. */
export function callsMeter(stripe: Stripe): Promise<Stripe.Billing.Meter> {
  return stripe.billing.meters.create({
    display_name: "Calls",
    event_name: "calls",
    default_aggregation: { formula: "sum" },
  });
}

/** A customer whose invoices are paid with a method by default. */
export async function payer(stripe: Stripe, method = "pm_card_visa", clock?: string): Promise<string> {
  if (!clock) {
    const { customer, payment_method } = await customerWith(stripe, method);
    await stripe.customers.update(customer, { invoice_settings: { default_payment_method: payment_method } });
    return customer;
  }
  const { id } = await stripe.customers.create({
    test_clock: clock,
    payment_method: method,
    invoice_settings: { default_payment_method: method },
  });
  return id;
}

/** From now on the customer pays with another method. */
export async function payWith(stripe: Stripe, customer: string, method: string): Promise<string> {
  const { id } = await stripe.paymentMethods.attach(method, { customer });
  await stripe.customers.update(customer, { invoice_settings: { default_payment_method: id } });
  return id;
}

/** The invoices of a subscription, oldest first. */
export async function invoicesOf(stripe: Stripe, subscription: string): Promise<Stripe.Invoice[]> {
  const { data } = await stripe.invoices.list({ subscription, limit: 100 });
  return data.reverse();
}

/** Types of the events after a moment that only subscriptions and invoices have, oldest first. */
export async function billingEvents(stripe: Stripe): Promise<string[]> {
  const events = await stripe.events.list({ limit: 100 });
  return events.data
    .map((event) => event.type)
    .filter((type) => type.startsWith("customer.subscription") || type.startsWith("invoice."))
    .reverse();
}

/** `2030-03-31T10:00`, for a time in unix seconds. */
export function minute(unix: number | null | undefined): string | null {
  return unix ? new Date(unix * 1000).toISOString().slice(0, 16) : null;
}
