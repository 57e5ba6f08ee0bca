import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { setClockForTests } from "@/lib/clock";
import { standIn } from "../../testing/stand-in";
import { billingEvents, callsMeter, invoicesOf, minute, payer, payWith, planOf } from "../../testing/subscribers";

beforeEach(() => setClockForTests("2030-01-31T10:00:00Z"));
afterEach(() => setClockForTests(null));

async function subscribed(standin: Awaited<ReturnType<typeof standIn>>, method?: string) {
  const customer = await payer(standin.stripe, method);
  const price = await planOf(standin.stripe);
  const subscription = await standin.stripe.subscriptions.create({ customer, items: [{ price: price.id }] });
  return { customer, price, subscription };
}

test("a year of months from the 31st: announced, drafted, an hour later paid", async () => {
  const standin = await standIn();
  const { stripe, advance } = standin;
  const { subscription } = await subscribed(standin);
  await advance("8w");
  await advance("44w");
  const invoices = await invoicesOf(stripe, subscription.id);
  expect(invoices.map(({ created }) => minute(created))).toEqual([
    "2030-01-31T10:00",
    "2030-02-28T10:00",
    "2030-03-31T10:00",
    "2030-04-30T10:00",
    "2030-05-31T10:00",
    "2030-06-30T10:00",
    "2030-07-31T10:00",
    "2030-08-31T10:00",
    "2030-09-30T10:00",
    "2030-10-31T10:00",
    "2030-11-30T10:00",
    "2030-12-31T10:00",
  ]);
  expect(new Set(invoices.map(({ status, total }) => `${status} ${total}`))).toEqual(new Set(["paid 3000"]));
  const renewal = invoices[1];
  expect([minute(renewal?.period_start), minute(renewal?.period_end)]).toEqual([
    "2030-01-31T10:00",
    "2030-02-28T10:00",
  ]);
  expect(minute(renewal?.status_transitions.paid_at)).toBe("2030-02-28T11:00");
  const [line] = renewal?.lines.data ?? [];
  expect([minute(line?.period.start), minute(line?.period.end)]).toEqual(["2030-02-28T10:00", "2030-03-31T10:00"]);
}, 60_000);

test("the order of a renewal", async () => {
  const standin = await standIn();
  await subscribed(standin);
  const before = (await billingEvents(standin.stripe)).length;
  await standin.advance("29d");
  const events = (await standin.stripe.events.list({ limit: 100 })).data.reverse();
  const told = events.filter(({ type }) => /^(customer\.subscription|invoice\.)/.test(type)).slice(before);
  expect(told.map(({ type, created }) => `${minute(created)} ${type}`)).toEqual([
    "2030-02-21T10:00 invoice.upcoming",
    "2030-02-28T10:00 invoice.created",
    "2030-02-28T10:00 customer.subscription.updated",
    "2030-02-28T11:00 invoice.finalized",
    "2030-02-28T11:00 invoice.updated",
    "2030-02-28T11:00 invoice.paid",
    "2030-02-28T11:00 invoice.payment_succeeded",
  ]);
  const moved = told[2]?.data.previous_attributes as { latest_invoice?: string } | undefined;
  expect(Object.keys(moved ?? {}).sort()).toEqual(["items", "latest_invoice"]);
});

describe("a renewal that fails", () => {
  test("is past due, tried again, and cancelled after the last try", async () => {
    const standin = await standIn();
    const { stripe, advance } = standin;
    const { customer, subscription } = await subscribed(standin);
    await payWith(stripe, customer, "pm_card_chargeCustomerFail");
    await advance("29d");
    const late = await stripe.subscriptions.retrieve(subscription.id, { expand: ["latest_invoice"] });
    expect(late).toMatchObject({ status: "past_due", latest_invoice: { status: "open", attempt_count: 1 } });
    await advance("3w");
    const over = await stripe.subscriptions.retrieve(subscription.id);
    expect(over).toMatchObject({ status: "canceled", cancellation_details: { reason: "payment_failed" } });
    const events = await billingEvents(stripe);
    expect(events.filter((type) => type === "invoice.payment_failed")).toHaveLength(4);
    expect(events.at(-1)).toBe("customer.subscription.deleted");
    await advance("8w");
    expect(await invoicesOf(stripe, subscription.id)).toHaveLength(2);
  });

  test.each(["unpaid", "past_due"] as const)("ends as %s when the account says so", async (outcome) => {
    const standin = await standIn();
    const { stripe, advance, control } = standin;
    await control("POST settings", { afterRetries: outcome });
    const { customer, subscription } = await subscribed(standin);
    await payWith(stripe, customer, "pm_card_chargeCustomerFail");
    await advance("29d");
    await advance("5w");
    expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe(outcome);
    const [, , next] = await invoicesOf(stripe, subscription.id);
    expect(next?.status).toBe(outcome === "unpaid" ? "draft" : "open");
  });

  test("paid with a new card, it is active again", async () => {
    const standin = await standIn();
    const { stripe, advance } = standin;
    const { customer, subscription } = await subscribed(standin);
    await payWith(stripe, customer, "pm_card_chargeCustomerFail");
    await advance("29d");
    await payWith(stripe, customer, "pm_card_visa");
    await advance("4d");
    const recovered = await stripe.subscriptions.retrieve(subscription.id, { expand: ["latest_invoice"] });
    expect(recovered).toMatchObject({ status: "active", latest_invoice: { status: "paid", attempt_count: 2 } });
  });
});

describe("collection that is paused", () => {
  test.each([
    ["void", "void"],
    ["mark_uncollectible", "uncollectible"],
    ["keep_as_draft", "draft"],
  ] as const)("%s: invoices are %s, until it goes on", async (behavior, status) => {
    const standin = await standIn();
    const { stripe, advance } = standin;
    const { subscription } = await subscribed(standin);
    await stripe.subscriptions.update(subscription.id, {
      pause_collection: { behavior, resumes_at: Date.parse("2030-03-15T00:00:00Z") / 1000 },
    });
    await advance("29d");
    const [, during] = await invoicesOf(stripe, subscription.id);
    expect(during?.status).toBe(status);
    expect(await stripe.subscriptions.retrieve(subscription.id)).toMatchObject({
      status: "active",
      pause_collection: { behavior },
    });
    await advance("5w");
    const [, , after] = await invoicesOf(stripe, subscription.id);
    expect(after?.status).toBe("paid");
    expect((await stripe.subscriptions.retrieve(subscription.id)).pause_collection).toBeNull();
  });
});

test("mixed intervals: each item is billed when its own period ends", async () => {
  const { stripe, advance } = await standIn();
  const customer = await payer(stripe);
  const month = await planOf(stripe, { amount: 1_000 });
  const quarter = await planOf(stripe, { amount: 9_000, count: 3, name: "Support" });
  const subscription = await stripe.subscriptions.create({
    customer,
    items: [{ price: month.id }, { price: quarter.id }],
  });
  await advance("9w");
  await advance("5w");
  const invoices = await invoicesOf(stripe, subscription.id);
  expect(invoices.map(({ total }) => total)).toEqual([10_000, 1_000, 1_000, 10_000]);
});

test("metered prices are billed for the month that is over", async () => {
  const { stripe, advance } = await standIn();
  const customer = await payer(stripe);
  const meter = await callsMeter(stripe);
  const product = await stripe.products.create({ name: "API" });
  const price = await stripe.prices.create({
    product: product.id,
    currency: "usd",
    unit_amount: 7,
    recurring: { interval: "month", usage_type: "metered", meter: meter.id },
  });
  const subscription = await stripe.subscriptions.create({ customer, items: [{ price: price.id }] });
  expect(subscription).toMatchObject({ status: "active" });
  await advance("10d");
  await stripe.billing.meterEvents.create({
    event_name: "calls",
    payload: { stripe_customer_id: customer, value: "120" },
  });
  await advance("19d");
  const [invoice] = await invoicesOf(stripe, subscription.id);
  expect(invoice).toMatchObject({ status: "paid", total: 840, billing_reason: "subscription_cycle" });
  expect(invoice?.lines.data[0]).toMatchObject({ quantity: 120, description: "120 × API (at $0.07 / month)" });
});
