import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type Stripe from "stripe";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { setClockForTests } from "@/lib/clock";
import { failure, standIn } from "../../testing/stand-in";
import { invoicesOf, minute, payer, planOf } from "../../testing/subscribers";
import { webhookInbox } from "../../testing/webhook-inbox";

beforeEach(() => setClockForTests("2030-04-01T00:00:00Z"));
afterEach(() => setClockForTests(null));

const unix = (iso: string) => Date.parse(iso) / 1000;

/** Sets a clock going and waits, as everybody does, until it is ready. */
async function arrive(stripe: Stripe, clock: string, to: string): Promise<Stripe.TestHelpers.TestClock> {
  const going = await stripe.testHelpers.testClocks.advance(clock, { frozen_time: unix(to) });
  expect(going).toMatchObject({ status: "advancing", status_details: { advancing: { target_frozen_time: unix(to) } } });
  await expect.poll(async () => (await stripe.testHelpers.testClocks.retrieve(clock)).status).toBe("ready");
  return stripe.testHelpers.testClocks.retrieve(clock);
}

test("a customer lives in the time of a clock, while everything else stays where it is", async () => {
  const { stripe } = await standIn();
  const clock = await stripe.testHelpers.testClocks.create({
    frozen_time: unix("2031-01-31T08:00:00Z"),
    name: "winter",
  });
  expect(clock).toMatchObject({ status: "ready", name: "winter", status_details: {} });
  const customer = await payer(stripe, "pm_card_visa", clock.id);
  const price = await planOf(stripe);
  const subscription = await stripe.subscriptions.create({ customer, items: [{ price: price.id }] });
  expect(subscription).toMatchObject({ status: "active", test_clock: clock.id });
  expect(minute(subscription.created)).toBe("2031-01-31T08:00");
  expect(minute(price.created)).toBe("2030-04-01T00:00");

  await arrive(stripe, clock.id, "2031-03-05T00:00:00Z");
  const there = await arrive(stripe, clock.id, "2031-03-31T10:00:00Z");
  expect(minute(there.frozen_time)).toBe("2031-03-31T10:00");
  const invoices = await invoicesOf(stripe, subscription.id);
  expect(invoices.map(({ created, status }) => [minute(created), status])).toEqual([
    ["2031-01-31T08:00", "paid"],
    ["2031-02-28T08:00", "paid"],
    ["2031-03-31T08:00", "paid"],
  ]);
  expect(invoices.map(({ status_transitions: at }) => minute(at.paid_at))).toEqual([
    "2031-01-31T08:00",
    "2031-02-28T09:00",
    "2031-03-31T09:00",
  ]);
  const [charge] = (await stripe.charges.list({ customer })).data;
  await expect
    .poll(async () => (await stripe.charges.retrieve(String(charge?.id))).balance_transaction)
    .toMatch(/^txn_/);
  expect(minute((await stripe.customers.create({})).created)).toBe("2030-04-01T00:00");
});

test("what the account's own clock brings stays with it, and the other way round", async () => {
  const { stripe, advance } = await standIn();
  const clock = await stripe.testHelpers.testClocks.create({ frozen_time: unix("2030-04-01T00:00:00Z") });
  const price = await planOf(stripe, { interval: "week" });
  const frozen = await stripe.subscriptions.create({
    customer: await payer(stripe, "pm_card_visa", clock.id),
    items: [{ price: price.id }],
  });
  const free = await stripe.subscriptions.create({ customer: await payer(stripe), items: [{ price: price.id }] });
  await advance("8d");
  expect([(await invoicesOf(stripe, frozen.id)).length, (await invoicesOf(stripe, free.id)).length]).toEqual([1, 2]);
  await arrive(stripe, clock.id, "2030-04-09T00:00:00Z");
  expect([(await invoicesOf(stripe, frozen.id)).length, (await invoicesOf(stripe, free.id)).length]).toEqual([2, 2]);
  const shown = async (params: Stripe.SubscriptionListParams) =>
    (await stripe.subscriptions.list(params)).data.map(({ id }) => id);
  expect(await shown({})).toEqual([free.id]);
  expect(await shown({ test_clock: clock.id })).toEqual([frozen.id]);
  expect((await stripe.customers.list({ test_clock: clock.id })).data).toHaveLength(1);
  expect((await stripe.customers.list()).data).toHaveLength(1);
});

test("its events come to the endpoints, in their order", async () => {
  const inbox = await webhookInbox();
  const { stripe } = await standIn({ webhookUrl: inbox.url, webhookSecret: inbox.secret });
  const clock = await stripe.testHelpers.testClocks.create({ frozen_time: unix("2030-06-01T00:00:00Z") });
  const price = await planOf(stripe);
  await stripe.subscriptions.create({
    customer: await payer(stripe, "pm_card_visa", clock.id),
    items: [{ price: price.id }],
    trial_period_days: 5,
  });
  await arrive(stripe, clock.id, "2030-06-06T02:00:00Z");
  await stripe.testHelpers.testClocks.del(clock.id);
  await inbox.until(1, "test_helpers.test_clock.ready");
  await inbox.until(1, "test_helpers.test_clock.deleted");
  const all = (await stripe.events.list({ limit: 100 })).data.reverse().map(({ type }) => type);
  const told = all.filter((type) => /test_clock|subscription|invoice\.paid/.test(type));
  expect(told.filter((type) => type.startsWith("test_helpers"))).toEqual([
    "test_helpers.test_clock.created",
    "test_helpers.test_clock.advancing",
    "test_helpers.test_clock.ready",
    "test_helpers.test_clock.deleted",
  ]);
  expect(told.indexOf("customer.subscription.trial_will_end")).toBeGreaterThan(
    told.indexOf("test_helpers.test_clock.advancing"),
  );
});

describe("rules", () => {
  test("not back, not farther than two intervals of the shortest subscription, two years without one", async () => {
    const { stripe } = await standIn();
    const clock = await stripe.testHelpers.testClocks.create({ frozen_time: unix("2030-04-01T00:00:00Z") });
    const advance = (to: string) => stripe.testHelpers.testClocks.advance(clock.id, { frozen_time: unix(to) });
    expect(await failure(advance("2030-03-01T00:00:00Z"))).toMatchObject({ statusCode: 400, param: "frozen_time" });
    expect(await failure(advance("2032-04-02T00:00:00Z"))).toMatchObject({ statusCode: 400 });
    const customer = await payer(stripe, "pm_card_visa", clock.id);
    const price = await planOf(stripe);
    await stripe.subscriptions.create({ customer, items: [{ price: price.id }] });
    expect(await failure(advance("2030-06-01T00:00:01Z"))).toMatchObject({ statusCode: 400, param: "frozen_time" });
    await arrive(stripe, clock.id, "2030-06-01T00:00:00Z");
    expect((await stripe.testHelpers.testClocks.list()).data.map(({ id }) => id)).toEqual([clock.id]);
    expect(await failure(stripe.customers.create({ test_clock: "clock_none" }))).toMatchObject({
      code: "resource_missing",
    });
  });

  test("nothing may be changed while it is on its way", async () => {
    const { stripe } = await standIn();
    const clock = await stripe.testHelpers.testClocks.create({ frozen_time: unix("2030-04-01T00:00:00Z") });
    const customer = await payer(stripe, "pm_card_visa", clock.id);
    // Enough to do for the clock that a change comes in between.
    const price = await planOf(stripe, { interval: "day" });
    for (let n = 0; n < 20; n++) await stripe.subscriptions.create({ customer, items: [{ price: price.id }] });
    const going = stripe.testHelpers.testClocks.advance(clock.id, { frozen_time: unix("2030-04-03T00:00:00Z") });
    await going;
    const error = await failure(stripe.customers.update(customer, { description: "now" }));
    expect(error).toMatchObject({ type: "StripeRateLimitError", statusCode: 429 });
    expect(error.message).toContain("Test clock advancement underway");
    await expect.poll(async () => (await stripe.testHelpers.testClocks.retrieve(clock.id)).status).toBe("ready");
    expect((await stripe.customers.update(customer, { description: "now" })).description).toBe("now");
  });

  test("deleted with its customers and their subscriptions", async () => {
    const { stripe } = await standIn();
    const clock = await stripe.testHelpers.testClocks.create({ frozen_time: unix("2030-04-01T00:00:00Z") });
    const customer = await payer(stripe, "pm_card_visa", clock.id);
    const price = await planOf(stripe);
    const { id } = await stripe.subscriptions.create({ customer, items: [{ price: price.id }] });
    expect(await stripe.testHelpers.testClocks.del(clock.id)).toMatchObject({ id: clock.id, deleted: true });
    expect((await stripe.subscriptions.retrieve(id)).status).toBe("canceled");
    expect(await stripe.customers.retrieve(customer)).toMatchObject({ deleted: true });
    expect(await failure(stripe.testHelpers.testClocks.retrieve(clock.id))).toMatchObject({ statusCode: 404 });
  });
});

test("a customer that exists joins a clock with what is still to come", async () => {
  const { stripe, advance } = await standIn();
  const customer = await payer(stripe);
  const price = await planOf(stripe, { interval: "week" });
  const subscription = await stripe.subscriptions.create({ customer, items: [{ price: price.id }] });
  const clock = await stripe.testHelpers.testClocks.create({ frozen_time: unix("2030-04-01T00:00:00Z"), customer });
  expect(await stripe.subscriptions.retrieve(subscription.id)).toMatchObject({ test_clock: clock.id });
  await advance("2w");
  expect(await invoicesOf(stripe, subscription.id)).toHaveLength(1);
  await arrive(stripe, clock.id, "2030-04-09T00:00:00Z");
  expect(await invoicesOf(stripe, subscription.id)).toHaveLength(2);
});

test("killed on the way, it arrives after the restart and has left nothing out", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "stripe-clock-"));
  try {
    const first = await standIn({ dataDir });
    const clock = await first.stripe.testHelpers.testClocks.create({ frozen_time: unix("2030-04-01T00:00:00Z") });
    const customer = await payer(first.stripe, "pm_card_visa", clock.id);
    const price = await planOf(first.stripe, { interval: "day" });
    for (let n = 0; n < 15; n++) await first.stripe.subscriptions.create({ customer, items: [{ price: price.id }] });
    await first.stripe.testHelpers.testClocks.advance(clock.id, { frozen_time: unix("2030-04-03T00:00:00Z") });
    await first.close();
    const second = await standIn({ dataDir });
    await expect
      .poll(async () => (await second.stripe.testHelpers.testClocks.retrieve(clock.id)).status, { timeout: 10_000 })
      .toBe("ready");
    const invoices = await second.stripe.invoices.list({ customer, limit: 100 });
    expect(invoices.data).toHaveLength(45);
    expect(new Set(invoices.data.map(({ created }) => minute(created)))).toEqual(
      new Set(["2030-04-01T00:00", "2030-04-02T00:00", "2030-04-03T00:00"]),
    );
    expect(invoices.data.filter(({ status }) => status === "paid")).toHaveLength(30);
  } finally {
    rmSync(dataDir, { recursive: true });
  }
});
