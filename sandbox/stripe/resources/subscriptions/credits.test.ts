import type Stripe from "stripe";
import { afterEach, beforeEach, expect, test } from "vitest";
import { setClockForTests } from "@/lib/clock";
import { standIn } from "../../testing/stand-in";
import { invoicesOf, payer, planOf } from "../../testing/subscribers";

beforeEach(() => setClockForTests("2027-01-31T00:00:00Z"));
afterEach(() => setClockForTests(null));

async function subscribed() {
  const { stripe, advance } = await standIn();
  const customer = await payer(stripe);
  const month = await planOf(stripe, { amount: 1_000, name: "Month" });
  const large = await planOf(stripe, { amount: 3_000, name: "Large" });
  const year = await planOf(stripe, { amount: 30_000, interval: "year", name: "Year" });
  const { id, items } = await stripe.subscriptions.create({ customer, items: [{ price: month.id }] });
  const item = String(items.data[0]?.id);
  const change = (terms: Stripe.SubscriptionUpdateParams.Item, more: Stripe.SubscriptionUpdateParams = {}) =>
    stripe.subscriptions.update(id, { items: [{ id: item, ...terms }], ...more });
  const latest = async () => (await invoicesOf(stripe, id)).at(-1);
  return { stripe, advance, id, change, latest, month, large, year };
}

const AT_ONCE = { proration_behavior: "always_invoice" } as const;

function credits(invoice: Stripe.Invoice | undefined) {
  return (invoice?.lines.data ?? []).flatMap(({ amount }) => (amount < 0 ? [amount] : []));
}

test("a proration that waited in the second of a new cycle is not given back with it", async () => {
  const { advance, change, latest, month, large, year } = await subscribed();
  await advance("14d");
  await change({ price: large.id });
  await change({ price: year.id }, AT_ONCE);
  const yearly = await latest();
  expect(yearly?.total).toBe(29_500);
  await advance("45d");
  await change({ price: month.id }, AT_ONCE);
  // 320 of the year's 365 days are left.
  expect(credits(await latest())).toEqual([-26_301]);
  const credit = (await latest())?.lines.data.find(({ amount }) => amount < 0);
  const own = yearly?.lines.data.find(({ amount }) => amount === 30_000);
  expect(credit?.parent?.subscription_item_details?.proration_details?.credited_items).toEqual({
    invoice: yearly?.id,
    invoice_line_items: [own?.id],
  });
});

test("more of the same: the difference, from the line that stands", async () => {
  const { advance, change, latest, large, year } = await subscribed();
  await advance("14d");
  await change({ price: large.id });
  await change({ price: year.id }, AT_ONCE);
  await advance("45d");
  await change({ quantity: 2 }, AT_ONCE);
  expect((await latest())?.total).toBe(26_302);
});

test("a cancellation gives back what is left, and its preview says the same", async () => {
  const { stripe, advance, id, change, large, year } = await subscribed();
  await change({ price: large.id });
  await change({ price: year.id }, AT_ONCE);
  await advance("60d");
  const preview = await stripe.invoices.createPreview({
    subscription: id,
    subscription_details: { cancel_now: true, proration_behavior: "always_invoice" },
  });
  await stripe.subscriptions.cancel(id, { prorate: true, invoice_now: true });
  const last = (await invoicesOf(stripe, id)).at(-1);
  expect([preview.total, last?.total]).toEqual([-25_068, -25_068]);
});

test("seats that waited, and a new cycle in the same second", async () => {
  const { advance, change, latest } = await subscribed();
  await advance("1d");
  await change({ quantity: 5 });
  await change({}, { billing_cycle_anchor: { type: "now" } });
  await advance("5d");
  await change({ quantity: 1 }, AT_ONCE);
  // From 1 Feb a month of 28 days, 23 of them left.
  expect(credits(await latest())).toEqual([-4_107]);
});

test("seats that waited, and a year in the same second", async () => {
  const { advance, change, latest, month, year } = await subscribed();
  await change({ quantity: 5 });
  await change({ price: year.id, quantity: 1 }, AT_ONCE);
  await advance("7d");
  await change({ price: month.id }, AT_ONCE);
  expect(credits(await latest())).toEqual([-29_425]);
});

test("changed twice in one second, only the last is given back, by the line it became", async () => {
  const { stripe, advance, id, change, latest } = await subscribed();
  await advance("14d");
  await change({ quantity: 3 });
  await change({ quantity: 2 }, AT_ONCE);
  const second = await latest();
  expect(second?.total).toBe(500);
  await advance("7d");
  await stripe.subscriptions.cancel(id, { prorate: true, invoice_now: true });
  const last = await latest();
  expect(last?.total).toBe(-500);
  const line = second?.lines.data.find(({ quantity, amount }) => quantity === 2 && amount === 1_000);
  expect(last?.lines.data[0]?.parent?.subscription_item_details?.proration_details?.credited_items).toEqual({
    invoice: second?.id,
    invoice_line_items: [line?.id],
  });
});
