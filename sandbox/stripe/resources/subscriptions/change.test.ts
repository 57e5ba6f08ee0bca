import type Stripe from "stripe";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { setClockForTests } from "@/lib/clock";
import { failure, standIn } from "../../testing/stand-in";
import { billingEvents, invoicesOf, minute, payer, payWith, planOf } from "../../testing/subscribers";

// A month of thirty days, so that shares are easy to see.
beforeEach(() => setClockForTests("2030-04-01T00:00:00Z"));
afterEach(() => setClockForTests(null));

async function subscribed(amount = 3_000, options: Partial<Stripe.SubscriptionCreateParams> = {}) {
  const standin = await standIn();
  const customer = await payer(standin.stripe);
  const price = await planOf(standin.stripe, { amount });
  const subscription = await standin.stripe.subscriptions.create({
    customer,
    items: [{ price: price.id }],
    ...options,
  });
  const item = String(subscription.items.data[0]?.id);
  return { ...standin, customer, price, subscription, item };
}

function lines(invoice: Stripe.Invoice | undefined) {
  return (invoice?.lines.data ?? []).map(({ amount, description }) => [description, amount]);
}

test("more seats in the middle of a month: the rest of them waits for the next invoice", async () => {
  const { stripe, advance, subscription, item } = await subscribed();
  await advance("10d");
  const updated = await stripe.subscriptions.update(subscription.id, { items: [{ id: item, quantity: 3 }] });
  expect(updated.items.data[0]).toMatchObject({ id: item, quantity: 3 });
  const waiting = await stripe.invoiceItems.list({ pending: true });
  expect(waiting.data.map(({ amount, description, proration }) => [description, amount, proration]).reverse()).toEqual([
    ["Unused time on Pro after 11 Apr 2030", -2_000, true],
    ["Remaining time on 3 × Pro after 11 Apr 2030", 6_000, true],
  ]);
  await advance("21d");
  const [first, second] = await invoicesOf(stripe, subscription.id);
  // What waited comes first, the newest before the others.
  expect(lines(second)).toEqual([
    ["Remaining time on 3 × Pro after 11 Apr 2030", 6_000],
    ["Unused time on Pro after 11 Apr 2030", -2_000],
    ["3 × Pro (at $30.00 / month)", 9_000],
  ]);
  expect(second).toMatchObject({ total: 13_000, status: "paid" });
  const credit = second?.lines.data[1]?.parent?.subscription_item_details;
  expect(credit).toMatchObject({
    proration: true,
    proration_details: {
      credited_items: { invoice: first?.id, invoice_line_items: [first?.lines.data[0]?.id] },
    },
  });
});

test("always_invoice takes the difference at once", async () => {
  const { stripe, advance, subscription, item, price } = await subscribed();
  const big = await planOf(stripe, { amount: 9_000, name: "Max" });
  await advance("15d");
  const updated = await stripe.subscriptions.update(subscription.id, {
    items: [{ id: item, price: big.id }],
    proration_behavior: "always_invoice",
    expand: ["latest_invoice"],
  });
  const invoice = updated.latest_invoice as Stripe.Invoice;
  expect(lines(invoice)).toEqual([
    ["Remaining time on Max after 16 Apr 2030", 4_500],
    ["Unused time on Pro after 16 Apr 2030", -1_500],
  ]);
  expect(invoice).toMatchObject({ status: "paid", total: 3_000, billing_reason: "subscription_update" });
  expect(minute(updated.items.data[0]?.current_period_end)).toBe("2030-05-01T00:00");
  const [event] = (await stripe.events.list({ type: "customer.subscription.updated" })).data;
  expect(event?.data.previous_attributes).toMatchObject({ items: { data: [{ price: { id: price.id } }] } });
  // Back again ten days later: what is left of the larger one comes back.
  await advance("10d");
  await stripe.subscriptions.update(subscription.id, {
    items: [{ id: item, price: price.id }],
    proration_behavior: "always_invoice",
  });
  const last = (await invoicesOf(stripe, subscription.id)).at(-1);
  expect(lines(last)).toEqual([
    ["Remaining time on Pro after 26 Apr 2030", 500],
    ["Unused time on Max after 26 Apr 2030", -1_500],
  ]);
});

test("none changes the price from the next period on; what was billed is what a later credit counts", async () => {
  const { stripe, advance, subscription, item } = await subscribed();
  const big = await planOf(stripe, { amount: 9_000, name: "Max" });
  await stripe.subscriptions.update(subscription.id, {
    items: [{ id: item, price: big.id }],
    proration_behavior: "none",
  });
  expect((await stripe.invoiceItems.list({ pending: true })).data).toEqual([]);
  await advance("15d");
  await stripe.subscriptions.update(subscription.id, { items: [{ id: item, quantity: 2 }] });
  const { data } = await stripe.invoiceItems.list({ pending: true });
  // Thirty dollars were paid, so half of thirty comes back, not half of ninety.
  expect(data.map(({ amount }) => amount).reverse()).toEqual([-1_500, 9_000]);
});

test("another interval starts a new cycle now, with the rest of the old one given back", async () => {
  const { stripe, advance, subscription, item } = await subscribed();
  const product = String(subscription.items.data[0]?.price.product);
  const year = await stripe.prices.create({
    product,
    currency: "usd",
    unit_amount: 30_000,
    recurring: { interval: "year" },
  });
  await advance("20d");
  const updated = await stripe.subscriptions.update(subscription.id, {
    items: [{ id: item, price: year.id }],
    expand: ["latest_invoice"],
  });
  expect(updated.latest_invoice).toMatchObject({ status: "paid", total: 29_000 });
  expect(lines(updated.latest_invoice as Stripe.Invoice)).toEqual([
    ["Unused time on Pro after 21 Apr 2030", -1_000],
    ["1 × Pro (at $300.00 / year)", 30_000],
  ]);
  expect([minute(updated.billing_cycle_anchor), minute(updated.items.data[0]?.current_period_end)]).toEqual([
    "2030-04-21T00:00",
    "2031-04-21T00:00",
  ]);
});

test("discounts are prorated with what they were on", async () => {
  const standin = await standIn();
  const { stripe, advance } = standin;
  const customer = await payer(stripe);
  const price = await planOf(stripe);
  const half = await stripe.coupons.create({ percent_off: 50, duration: "forever" });
  const subscription = await stripe.subscriptions.create({
    customer,
    items: [{ price: price.id }],
    discounts: [{ coupon: half.id }],
    expand: ["latest_invoice", "discounts"],
  });
  expect(subscription.latest_invoice).toMatchObject({ subtotal: 3_000, total: 1_500 });
  expect(subscription.discounts[0]).toMatchObject({ source: { coupon: half.id }, subscription: subscription.id });
  await advance("15d");
  await stripe.subscriptions.update(subscription.id, {
    items: [{ id: String(subscription.items.data[0]?.id), quantity: 2 }],
  });
  const { data } = await stripe.invoiceItems.list({ pending: true });
  expect(data.map(({ amount }) => amount).reverse()).toEqual([-750, 1_500]);
});

describe("items", () => {
  test("come, change and go", async () => {
    const { stripe, advance, subscription, item } = await subscribed();
    const extra = await planOf(stripe, { amount: 600, name: "Support" });
    await advance("15d");
    const added = await stripe.subscriptionItems.create({
      subscription: subscription.id,
      price: extra.id,
      quantity: 2,
    });
    expect([minute(added.current_period_start), minute(added.current_period_end)]).toEqual([
      "2030-04-16T00:00",
      "2030-05-01T00:00",
    ]);
    expect((await stripe.subscriptionItems.list({ subscription: subscription.id })).data.map(({ id }) => id)).toEqual([
      item,
      added.id,
    ]);
    await stripe.subscriptionItems.update(added.id, { metadata: { team: "one" }, quantity: 1 });
    expect(await stripe.subscriptionItems.retrieve(added.id)).toMatchObject({ metadata: { team: "one" } });
    expect(await stripe.subscriptionItems.del(added.id)).toMatchObject({ deleted: true });
    const { data } = await stripe.invoiceItems.list({ pending: true });
    expect(data.map(({ amount }) => amount).reverse()).toEqual([600, -600, 300, -300]);
    expect(await failure(stripe.subscriptionItems.del(item))).toMatchObject({ param: "items" });
    expect(await failure(stripe.subscriptionItems.retrieve(added.id))).toMatchObject({ code: "resource_missing" });
  });

  test("one-off lines come with the next invoice", async () => {
    const { stripe, advance, subscription, price } = await subscribed();
    const setup = await stripe.prices.create({ product: String(price.product), currency: "usd", unit_amount: 500 });
    await stripe.subscriptions.update(subscription.id, { add_invoice_items: [{ price: setup.id }] });
    await advance("31d");
    const [, second] = await invoicesOf(stripe, subscription.id);
    expect(second?.total).toBe(3_500);
  });
});

describe("an update that cannot be paid", () => {
  test.each([
    ["allow_incomplete", "past_due"],
    ["default_incomplete", "past_due"],
  ] as const)("%s: the subscription is %s", async (behavior, status) => {
    const { stripe, advance, customer, subscription, item } = await subscribed();
    await payWith(stripe, customer, "pm_card_chargeCustomerFail");
    await advance("10d");
    const updated = await stripe.subscriptions.update(subscription.id, {
      items: [{ id: item, quantity: 5 }],
      proration_behavior: "always_invoice",
      payment_behavior: behavior,
    });
    expect(updated).toMatchObject({ status, items: { data: [{ quantity: 5 }] } });
  });

  test("error_if_incomplete: 402 and everything as it was", async () => {
    const { stripe, advance, customer, subscription, item } = await subscribed();
    await payWith(stripe, customer, "pm_card_chargeCustomerFail");
    await advance("10d");
    const before = await stripe.subscriptions.retrieve(subscription.id);
    const error = await failure(
      stripe.subscriptions.update(subscription.id, {
        items: [{ id: item, quantity: 5 }],
        proration_behavior: "always_invoice",
        payment_behavior: "error_if_incomplete",
      }),
    );
    expect(error).toMatchObject({ type: "StripeCardError", statusCode: 402 });
    const { lastResponse: _a, ...after } = await stripe.subscriptions.retrieve(subscription.id);
    const { lastResponse: _b, ...same } = before;
    expect(after).toEqual(same);
    expect(await invoicesOf(stripe, subscription.id)).toHaveLength(1);
  });
});

test("settings, metadata and the default method; detaching it takes it away", async () => {
  const { stripe, customer, subscription } = await subscribed();
  const card = await stripe.paymentMethods.attach("pm_card_mastercard", { customer });
  const updated = await stripe.subscriptions.update(subscription.id, {
    default_payment_method: card.id,
    description: "Everything",
    metadata: { a: "1", b: "2" },
  });
  expect(updated).toMatchObject({ default_payment_method: card.id, description: "Everything" });
  expect((await stripe.subscriptions.update(subscription.id, { metadata: { a: "" } })).metadata).toEqual({ b: "2" });
  await stripe.paymentMethods.detach(card.id);
  expect((await stripe.subscriptions.retrieve(subscription.id)).default_payment_method).toBeNull();
  expect((await billingEvents(stripe)).filter((type) => type === "customer.subscription.updated")).toHaveLength(4);
  const other = await stripe.customers.create({});
  const stranger = await stripe.paymentMethods.attach("pm_card_visa", { customer: other.id });
  expect(
    await failure(stripe.subscriptions.update(subscription.id, { default_payment_method: stranger.id })),
  ).toMatchObject({ param: "default_payment_method" });
});
