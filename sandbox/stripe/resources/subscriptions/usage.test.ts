import type Stripe from "stripe";
import { afterEach, beforeEach, expect, test } from "vitest";
import { setClockForTests } from "@/lib/clock";
import { standIn } from "../../testing/stand-in";
import { callsMeter, invoicesOf, payer } from "../../testing/subscribers";

beforeEach(() => setClockForTests("2030-04-01T00:00:00Z"));
afterEach(() => setClockForTests(null));

async function metered() {
  const { stripe, advance } = await standIn();
  const customer = await payer(stripe);
  const meter = await callsMeter(stripe);
  const product = await stripe.products.create({ name: "API" });
  const priceAt = (unit_amount: number) =>
    stripe.prices.create({
      product: product.id,
      currency: "usd",
      unit_amount,
      recurring: { interval: "week", usage_type: "metered", meter: meter.id },
    });
  const [one, other] = [await priceAt(100), await priceAt(250)];
  const { id, items } = await stripe.subscriptions.create({ customer, items: [{ price: one.id }] });
  const use = (value: number, timestamp?: number) =>
    stripe.billing.meterEvents.create({
      event_name: "calls",
      payload: { stripe_customer_id: customer, value: String(value) },
      ...(timestamp && { timestamp }),
    });
  return { stripe, advance, customer, id, item: String(items.data[0]?.id), one, other, use };
}

function shown(invoice: Stripe.Invoice | undefined) {
  return (invoice?.lines.data ?? []).map(({ amount, quantity, pricing }) => [
    quantity,
    pricing?.price_details?.price,
    amount,
  ]);
}

test.each(["create_prorations", "none"] as const)("another price in the middle of a period, %s", async (behavior) => {
  const { stripe, advance, id, item, one, other, use } = await metered();
  await use(10);
  await advance("2d");
  await stripe.subscriptions.update(id, { items: [{ id: item, price: other.id }], proration_behavior: behavior });
  const billed = behavior === "none" ? [] : [[10, one.id, 1_000]];
  const { data: waiting } = await stripe.invoiceItems.list({ pending: true });
  expect(waiting.map(({ amount }) => amount)).toEqual(billed.map(([, , amount]) => amount));
  await use(4);
  const preview = await stripe.invoices.createPreview({ subscription: id });
  expect(shown(preview)).toEqual([...billed, [4, other.id, 1_000]]);
  await advance("6d");
  const [renewal] = await invoicesOf(stripe, id);
  expect(shown(renewal)).toEqual(shown(preview));
  // The next period counts as ever.
  await use(2);
  await advance("7d");
  expect(shown((await invoicesOf(stripe, id)).at(-1))).toEqual([[2, other.id, 500]]);
});

test("always_invoice bills what was used so far at once", async () => {
  const { stripe, advance, id, item, one, other, use } = await metered();
  await use(10);
  await advance("2d");
  await stripe.subscriptions.update(id, {
    items: [{ id: item, price: other.id }],
    proration_behavior: "always_invoice",
  });
  const [now] = await invoicesOf(stripe, id);
  expect([now?.status, shown(now)]).toEqual(["paid", [[10, one.id, 1_000]]]);
});

test("usage that is reported while its invoice is a draft is billed with it", async () => {
  const { stripe, advance, id, one, use } = await metered();
  await use(10);
  await advance("7d");
  const [draft] = await invoicesOf(stripe, id);
  expect([draft?.status, shown(draft)]).toEqual(["draft", [[10, one.id, 1_000]]]);
  await use(5, (draft?.period_end ?? 0) - 60);
  await use(3);
  await advance("2h");
  const [paid] = await invoicesOf(stripe, id);
  expect([paid?.status, paid?.amount_paid, shown(paid)]).toEqual(["paid", 1_500, [[15, one.id, 1_500]]]);
  expect(paid?.lines.data[0]?.id).toBe(draft?.lines.data[0]?.id);
  await advance("7d");
  expect(shown((await invoicesOf(stripe, id)).at(-1))).toEqual([[3, one.id, 300]]);
});
