import type Stripe from "stripe";
import { afterEach, beforeEach, expect, test } from "vitest";
import { setClockForTests } from "@/lib/clock";
import { billedCustomer } from "../../testing/billing";
import { failure, standIn } from "../../testing/stand-in";

beforeEach(() => setClockForTests("2030-03-04T15:00:00Z"));
afterEach(() => setClockForTests(null));

async function plans(stripe: Stripe): Promise<{ basic: string; pro: string }> {
  const product = await stripe.products.create({ name: "Robots" });
  const price = (unit_amount: number) =>
    stripe.prices.create({ product: product.id, currency: "usd", unit_amount, recurring: { interval: "month" } });
  return { basic: (await price(3_000)).id, pro: (await price(9_000)).id };
}

function amounts(invoice: Stripe.Invoice | undefined) {
  return {
    total: invoice?.total,
    due: invoice?.amount_due,
    lines: invoice?.lines.data.map(({ amount, description, period }) => ({ amount, description, period })),
  };
}

test("a new subscription, its change and its renewal cost what their previews said", async () => {
  const { stripe, advance } = await standIn();
  const customer = await billedCustomer(stripe);
  const { basic, pro } = await plans(stripe);
  const items = [{ price: basic, quantity: 2 }];
  const first = await stripe.invoices.createPreview({ customer, subscription_details: { items } });
  expect(first).toMatchObject({ total: 6_000, billing_reason: "upcoming", status: "draft" });
  expect((await stripe.subscriptions.list({ customer })).data).toEqual([]);
  const subscription = await stripe.subscriptions.create({ customer, items, expand: ["latest_invoice"] });
  expect(amounts(subscription.latest_invoice as Stripe.Invoice)).toEqual(amounts(first));

  await advance("10d");
  const [item] = subscription.items.data;
  const change = {
    items: [{ id: String(item?.id), price: pro, quantity: 2 }],
    proration_date: subscription.created + 10 * 86_400,
  };
  const now = await stripe.invoices.createPreview({
    subscription: subscription.id,
    subscription_details: { ...change, proration_behavior: "always_invoice" },
  });
  const later = await stripe.invoices.createPreview({
    subscription: subscription.id,
    subscription_details: { ...change, proration_behavior: "create_prorations" },
  });
  expect(later.total).toBe(now.total + 18_000);
  expect((await stripe.subscriptions.retrieve(subscription.id)).items.data[0]?.price.id).toBe(basic);
  const updated = await stripe.subscriptions.update(subscription.id, {
    ...change,
    proration_behavior: "always_invoice",
    expand: ["latest_invoice"],
  });
  expect(amounts(updated.latest_invoice as Stripe.Invoice)).toEqual(amounts(now));

  await stripe.invoiceItems.create({ customer, amount: 450, currency: "usd", description: "Overtime" });
  const renewal = await stripe.invoices.createPreview({ customer });
  expect(renewal.total).toBe(18_450);
  expect(renewal.created).toBe(updated.items.data[0]?.current_period_end);
  await advance("25d");
  const [billed] = (await stripe.invoices.list({ customer, limit: 1 })).data;
  expect(billed).toMatchObject({ billing_reason: "subscription_cycle", status: "paid" });
  expect(amounts(billed)).toEqual(amounts(renewal));
});

test("cancelling now, and having nothing coming at all", async () => {
  const { stripe } = await standIn();
  const customer = await billedCustomer(stripe);
  expect((await failure(stripe.invoices.createPreview({ customer }))).code).toBe("invoice_upcoming_none");
  const { basic } = await plans(stripe);
  const subscription = await stripe.subscriptions.create({ customer, items: [{ price: basic }] });
  const gone = await stripe.invoices.createPreview({
    subscription: subscription.id,
    subscription_details: { cancel_now: true },
  });
  expect(gone.total).toBe(-3_000);
  await stripe.subscriptions.update(subscription.id, { cancel_at_period_end: true });
  expect((await failure(stripe.invoices.createPreview({ subscription: subscription.id }))).code).toBe(
    "invoice_upcoming_none",
  );
});
