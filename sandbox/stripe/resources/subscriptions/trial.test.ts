import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { setClockForTests } from "@/lib/clock";
import { NO_REDIRECTS, standIn } from "../../testing/stand-in";
import { billingEvents, invoicesOf, minute, payer, planOf } from "../../testing/subscribers";

beforeEach(() => setClockForTests("2030-03-04T15:00:00Z"));
afterEach(() => setClockForTests(null));

test("a trial: nothing to pay, announced three days before its end, then the first paid invoice", async () => {
  const { stripe, advance } = await standIn();
  const customer = await payer(stripe);
  const price = await planOf(stripe);
  const subscription = await stripe.subscriptions.create({
    customer,
    items: [{ price: price.id }],
    trial_period_days: 14,
    expand: ["latest_invoice"],
  });
  expect(subscription).toMatchObject({
    status: "trialing",
    pending_setup_intent: null,
    latest_invoice: {
      status: "paid",
      total: 0,
      lines: { data: [{ description: "Trial period for Pro", amount: 0 }] },
    },
  });
  expect([minute(subscription.trial_end), minute(subscription.billing_cycle_anchor)]).toEqual([
    "2030-03-18T15:00",
    "2030-03-18T15:00",
  ]);
  await advance("11d");
  const [warning] = (await stripe.events.list({ type: "customer.subscription.trial_will_end" })).data;
  expect(minute(warning?.created)).toBe("2030-03-15T15:00");
  expect(warning?.data.object).toMatchObject({ id: subscription.id, status: "trialing" });
  await advance("4d");
  const active = await stripe.subscriptions.retrieve(subscription.id, { expand: ["latest_invoice"] });
  expect(active).toMatchObject({ status: "active", latest_invoice: { status: "paid", total: 3_000 } });
  expect(minute(active.items.data[0]?.current_period_end)).toBe("2030-04-18T15:00");
  expect((await stripe.events.list({ type: "customer.subscription.trial_will_end" })).data).toHaveLength(1);
});

describe("a trial without a method", () => {
  async function onTrial(missing: "cancel" | "create_invoice" | "pause") {
    const standin = await standIn();
    const { id: customer } = await standin.stripe.customers.create({});
    const price = await planOf(standin.stripe);
    const subscription = await standin.stripe.subscriptions.create({
      customer,
      items: [{ price: price.id }],
      trial_period_days: 2,
      trial_settings: { end_behavior: { missing_payment_method: missing } },
    });
    return { ...standin, customer, subscription };
  }

  test("asks for one by a set-up, which becomes the subscription's", async () => {
    const { stripe, advance, subscription } = await onTrial("cancel");
    const setup = String(subscription.pending_setup_intent);
    await stripe.setupIntents.update(setup, {});
    await stripe.setupIntents.confirm(setup, { payment_method: "pm_card_visa", return_url: "https://acme.test" });
    const saved = await stripe.subscriptions.retrieve(subscription.id, { expand: ["default_payment_method"] });
    expect(saved).toMatchObject({ pending_setup_intent: null, default_payment_method: { card: { last4: "4242" } } });
    await advance("3d");
    expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe("active");
  });

  test("is cancelled at its end", async () => {
    const { stripe, advance, subscription } = await onTrial("cancel");
    // Shorter than three days, so it is announced at once.
    await advance("1h");
    expect(await billingEvents(stripe)).toContain("customer.subscription.trial_will_end");
    await advance("2d");
    expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe("canceled");
  });

  test("is past due with an invoice to pay", async () => {
    const { stripe, advance, subscription } = await onTrial("create_invoice");
    await advance("3d");
    const late = await stripe.subscriptions.retrieve(subscription.id, { expand: ["latest_invoice"] });
    expect(late).toMatchObject({ status: "past_due", latest_invoice: { status: "open", total: 3_000 } });
  });

  test("pauses, and goes on when it is resumed", async () => {
    const { stripe, advance, customer, subscription } = await onTrial("pause");
    await advance("3w");
    const paused = await stripe.subscriptions.retrieve(subscription.id);
    expect(paused).toMatchObject({
      status: "paused",
      status_details: { paused: { subscription: { type: "trial_end_without_payment_method" } } },
    });
    expect(await invoicesOf(stripe, subscription.id)).toHaveLength(1);
    const card = await stripe.paymentMethods.attach("pm_card_visa", { customer });
    await stripe.subscriptions.update(subscription.id, { default_payment_method: card.id });
    const resumed = await stripe.subscriptions.resume(subscription.id, { expand: ["latest_invoice"] });
    expect(resumed).toMatchObject({ status: "active", latest_invoice: { status: "paid", total: 3_000 } });
    expect(minute(resumed.billing_cycle_anchor)).toBe("2030-03-25T15:00");
    expect((await billingEvents(stripe)).filter((type) => /paused|resumed/.test(type))).toEqual([
      "customer.subscription.paused",
      "customer.subscription.resumed",
    ]);
  });
});

test("a trial that is ended now is invoiced and paid now", async () => {
  const { stripe, advance } = await standIn();
  const customer = await payer(stripe);
  const price = await planOf(stripe);
  const { id } = await stripe.subscriptions.create({ customer, items: [{ price: price.id }], trial_period_days: 30 });
  await advance("5d");
  const active = await stripe.subscriptions.update(id, { trial_end: "now", expand: ["latest_invoice"] });
  expect(active).toMatchObject({ status: "active", latest_invoice: { status: "paid", total: 3_000 } });
  expect([minute(active.trial_end), minute(active.items.data[0]?.current_period_end)]).toEqual([
    "2030-03-09T15:00",
    "2030-04-09T15:00",
  ]);
});

test("a method saved on the way is what the trial's end is paid with", async () => {
  const { stripe, advance } = await standIn();
  const { id: customer } = await stripe.customers.create({});
  const price = await planOf(stripe);
  const { id } = await stripe.subscriptions.create({ customer, items: [{ price: price.id }], trial_period_days: 7 });
  const setup = await stripe.setupIntents.create({
    customer,
    confirm: true,
    payment_method: "pm_card_visa",
    automatic_payment_methods: NO_REDIRECTS,
  });
  await stripe.customers.update(customer, {
    invoice_settings: { default_payment_method: String(setup.payment_method) },
  });
  await advance("8d");
  expect((await stripe.subscriptions.retrieve(id)).status).toBe("active");
});
