import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { setClockForTests } from "@/lib/clock";
import { failure, standIn } from "../../testing/stand-in";
import { billingEvents, invoicesOf, minute, payer, planOf } from "../../testing/subscribers";

beforeEach(() => setClockForTests("2030-04-01T00:00:00Z"));
afterEach(() => setClockForTests(null));

async function subscribed() {
  const standin = await standIn();
  const customer = await payer(standin.stripe);
  const price = await planOf(standin.stripe);
  const subscription = await standin.stripe.subscriptions.create({ customer, items: [{ price: price.id }] });
  return { ...standin, customer, price, subscription };
}

test("at the end of the period: announced, taken back, announced again, and over", async () => {
  const { stripe, advance, subscription } = await subscribed();
  await advance("3d");
  const ending = await stripe.subscriptions.update(subscription.id, {
    cancel_at_period_end: true,
    cancellation_details: { feedback: "too_expensive", comment: "Later, perhaps." },
  });
  expect(ending).toMatchObject({
    status: "active",
    cancel_at_period_end: true,
    cancellation_details: { reason: "cancellation_requested", feedback: "too_expensive" },
  });
  expect([minute(ending.cancel_at), minute(ending.canceled_at)]).toEqual(["2030-05-01T00:00", "2030-04-04T00:00"]);
  const back = await stripe.subscriptions.update(subscription.id, { cancel_at_period_end: false });
  expect(back).toMatchObject({ cancel_at: null, cancel_at_period_end: false, canceled_at: null });
  await stripe.subscriptions.update(subscription.id, { cancel_at_period_end: true });
  await advance("4w");
  const over = await stripe.subscriptions.retrieve(subscription.id);
  expect(over).toMatchObject({ status: "canceled", cancel_at_period_end: true });
  expect(minute(over.ended_at)).toBe("2030-05-01T00:00");
  expect(await invoicesOf(stripe, subscription.id)).toHaveLength(1);
  expect((await billingEvents(stripe)).at(-1)).toBe("customer.subscription.deleted");
  expect(await billingEvents(stripe)).not.toContain("invoice.upcoming");
});

test("now: with the unused time given back on a last invoice when that is asked for", async () => {
  const { stripe, advance, subscription, customer } = await subscribed();
  await advance("15d");
  const over = await stripe.subscriptions.cancel(subscription.id, {
    prorate: true,
    invoice_now: true,
    cancellation_details: { comment: "Bye" },
  });
  expect(over).toMatchObject({ status: "canceled", cancellation_details: { comment: "Bye" } });
  const [, last] = await invoicesOf(stripe, subscription.id);
  expect(last).toMatchObject({ total: -1_500, status: "paid", amount_due: 0 });
  expect(await stripe.customers.retrieve(customer)).toMatchObject({ balance: -1_500 });
  expect(await failure(stripe.subscriptions.cancel(subscription.id))).toMatchObject({
    statusCode: 404,
    code: "resource_missing",
  });
  expect(await failure(stripe.subscriptions.update(subscription.id, { description: "again" }))).toMatchObject({
    statusCode: 400,
  });
  expect((await stripe.subscriptions.update(subscription.id, { metadata: { kept: "yes" } })).metadata).toEqual({
    kept: "yes",
  });
});

describe("at a moment", () => {
  test("within the period: what comes after it is given back now", async () => {
    const { stripe, advance, subscription } = await subscribed();
    const ending = await stripe.subscriptions.update(subscription.id, {
      cancel_at: Date.parse("2030-04-21T00:00:00Z") / 1000,
    });
    expect(minute(ending.items.data[0]?.current_period_end)).toBe("2030-04-21T00:00");
    const { data } = await stripe.invoiceItems.list({ pending: true });
    expect(data.map(({ amount }) => amount)).toEqual([-1_000]);
    await advance("3w");
    expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe("canceled");
  });

  test("in a later period, which is billed up to it", async () => {
    const { stripe, advance, subscription } = await subscribed();
    await stripe.subscriptions.update(subscription.id, { cancel_at: Date.parse("2030-05-11T00:00:00Z") / 1000 });
    await advance("31d");
    const [, second] = await invoicesOf(stripe, subscription.id);
    // Ten of the thirty-one days of May.
    expect(second).toMatchObject({ total: 968, status: "paid" });
    await advance("2w");
    expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe("canceled");
  });
});

test("a deleted customer's subscriptions end at once", async () => {
  const { stripe, customer, subscription } = await subscribed();
  await stripe.customers.del(customer);
  expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe("canceled");
  const types = (await stripe.events.list({ limit: 10 })).data.map(({ type }) => type);
  expect(types.indexOf("customer.deleted")).toBeLessThan(types.indexOf("customer.subscription.deleted"));
});

test("paused by hand: unused time comes back, no renewals until it is resumed", async () => {
  const { stripe, advance, subscription } = await subscribed();
  await advance("15d");
  const paused = await stripe.subscriptions.pause(subscription.id, {});
  expect(paused).toMatchObject({
    status: "paused",
    status_details: { paused: { subscription: { type: "pause_requested" }, type: "subscription" } },
  });
  await advance("8w");
  expect(await invoicesOf(stripe, subscription.id)).toHaveLength(1);
  const preview = { subscription: subscription.id, subscription_details: { resume_at: "now" as const } };
  expect(await stripe.invoices.createPreview(preview)).toMatchObject({ status: "draft", total: 1_500 });
  expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe("paused");
  const resumed = await stripe.subscriptions.resume(subscription.id, { expand: ["latest_invoice"] });
  expect(resumed).toMatchObject({ status: "active", latest_invoice: { status: "paid", total: 1_500 } });
  expect(resumed.status_details).toBeUndefined();
  expect(await failure(stripe.subscriptions.resume(subscription.id))).toMatchObject({ statusCode: 400 });
});

test("lists leave out what was cancelled, unless asked", async () => {
  const { stripe, customer, price, subscription } = await subscribed();
  const second = await stripe.subscriptions.create({
    customer,
    items: [{ price: price.id }],
    metadata: { team: "two" },
  });
  await stripe.subscriptions.cancel(subscription.id);
  const ids = async (params: Parameters<typeof stripe.subscriptions.list>[0]) =>
    (await stripe.subscriptions.list(params)).data.map(({ id }) => id);
  expect(await ids({ customer })).toEqual([second.id]);
  expect(await ids({ customer, status: "all" })).toEqual([second.id, subscription.id]);
  expect(await ids({ status: "canceled" })).toEqual([subscription.id]);
  expect(await ids({ status: "ended" })).toEqual([subscription.id]);
  expect(await ids({ price: price.id, status: "active" })).toEqual([second.id]);
  expect(await ids({ price: "price_none" })).toEqual([]);
  expect(await ids({ current_period_end: { lt: 1 } })).toEqual([]);
  const found = await stripe.subscriptions.search({ query: 'metadata["team"]:"two" AND status:"active"' });
  expect(found.data.map(({ id }) => id)).toEqual([second.id]);
  const owner = await stripe.customers.retrieve(customer, { expand: ["subscriptions"] });
  expect(owner).toMatchObject({ subscriptions: { data: [{ id: second.id }] } });
});
