import type Stripe from "stripe";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { setClockForTests } from "@/lib/clock";
import { eventTypes, failure, standIn } from "../../testing/stand-in";
import { billingEvents, invoicesOf, minute, payer, planOf } from "../../testing/subscribers";

beforeEach(() => setClockForTests("2030-01-31T10:00:00Z"));
afterEach(() => setClockForTests(null));

test("a card that works: incomplete for a moment, then active, told in Stripe's order", async () => {
  const { stripe } = await standIn();
  const customer = await payer(stripe);
  const price = await planOf(stripe);
  const before = (await eventTypes(stripe)).length;
  const subscription = await stripe.subscriptions.create({
    customer,
    items: [{ price: price.id, quantity: 2 }],
    metadata: { plan: "pro" },
    expand: ["latest_invoice", "items.data.price.product"],
  });
  expect(subscription).toMatchObject({
    status: "active",
    currency: "usd",
    latest_invoice: { status: "paid", total: 6_000, billing_reason: "subscription_create" },
    items: { data: [{ quantity: 2, price: { product: { name: "Pro" } } }] },
    billing_mode: { type: "flexible" },
  });
  const [item] = subscription.items.data;
  expect([minute(item?.current_period_start), minute(item?.current_period_end)]).toEqual([
    "2030-01-31T10:00",
    "2030-02-28T10:00",
  ]);
  expect((await eventTypes(stripe)).slice(before)).toEqual([
    "customer.subscription.created",
    "customer.updated",
    "invoice.created",
    "payment_intent.created",
    "invoice.finalized",
    "charge.succeeded",
    "payment_intent.succeeded",
    "invoice.updated",
    "invoice.paid",
    "invoice.payment_succeeded",
    "invoice_payment.paid",
    "customer.subscription.updated",
  ]);
  const [updated] = (await stripe.events.list({ type: "customer.subscription.updated" })).data;
  expect(updated?.data.previous_attributes).toEqual({ status: "incomplete" });
  const [created] = (await stripe.events.list({ type: "customer.subscription.created" })).data;
  const { id: invoice } = (await stripe.invoices.list({ customer })).data[0] ?? {};
  expect(created?.data.object).toMatchObject({ status: "incomplete", latest_invoice: invoice });
  // Items show their prices as they are now.
  await stripe.prices.update(price.id, { nickname: "Renamed" });
  const { items } = await stripe.subscriptions.retrieve(subscription.id);
  expect(items.data[0]).toMatchObject({ price: { nickname: "Renamed" }, plan: { nickname: "Renamed" } });
});

describe("a first payment that does not come", () => {
  test("a declined card leaves it incomplete; after 23 hours it is over", async () => {
    const { stripe, advance } = await standIn();
    const customer = await payer(stripe, "pm_card_chargeCustomerFail");
    const price = await planOf(stripe);
    const subscription = await stripe.subscriptions.create({ customer, items: [{ price: price.id }] });
    expect(subscription.status).toBe("incomplete");
    await advance("22h");
    expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe("incomplete");
    await advance("1h");
    const over = await stripe.subscriptions.retrieve(subscription.id, { expand: ["latest_invoice"] });
    expect(over).toMatchObject({ status: "incomplete_expired", latest_invoice: { status: "void" } });
    expect(minute(over.ended_at)).toBe("2030-02-01T09:00");
    await advance("8w");
    expect(await invoicesOf(stripe, subscription.id)).toHaveLength(1);
  });

  test("paid in time with another card, it becomes active", async () => {
    const { stripe, advance } = await standIn();
    const customer = await payer(stripe, "pm_card_chargeCustomerFail");
    const price = await planOf(stripe);
    const subscription = await stripe.subscriptions.create({ customer, items: [{ price: price.id }] });
    await advance("5h");
    const card = await stripe.paymentMethods.attach("pm_card_mastercard", { customer });
    await stripe.invoices.pay(String(subscription.latest_invoice), { payment_method: card.id });
    expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe("active");
  });

  test("error_if_incomplete: 402, and nothing was created", async () => {
    const { stripe } = await standIn();
    const customer = await payer(stripe, "pm_card_chargeCustomerFail");
    const price = await planOf(stripe);
    const error = await failure(
      stripe.subscriptions.create({
        customer,
        items: [{ price: price.id }],
        payment_behavior: "error_if_incomplete",
      }),
    );
    expect(error).toMatchObject({ type: "StripeCardError", statusCode: 402, code: "card_declined" });
    expect((await stripe.subscriptions.list({ status: "all" })).data).toEqual([]);
    expect((await stripe.invoices.list({ customer })).data).toEqual([]);
  });

  test("without a method at all it is refused", async () => {
    const { stripe } = await standIn();
    const { id: customer } = await stripe.customers.create({});
    const price = await planOf(stripe);
    const error = await failure(stripe.subscriptions.create({ customer, items: [{ price: price.id }] }));
    expect(error).toMatchObject({ statusCode: 400, code: "resource_missing" });
  });
});

test("default_incomplete: the browser pays with the secret of the first invoice, and the card is kept", async () => {
  const { stripe } = await standIn();
  const { id: customer } = await stripe.customers.create({});
  const price = await planOf(stripe);
  const subscription = await stripe.subscriptions.create({
    customer,
    items: [{ price: price.id }],
    payment_behavior: "default_incomplete",
    payment_settings: { save_default_payment_method: "on_subscription" },
    expand: ["latest_invoice.confirmation_secret"],
  });
  expect(subscription.status).toBe("incomplete");
  const invoice = subscription.latest_invoice;
  if (!invoice || typeof invoice === "string") throw new Error("not expanded");
  const intent = String(invoice.confirmation_secret?.client_secret).split("_secret_")[0] ?? "";
  await stripe.paymentIntents.confirm(intent, {
    payment_method: "pm_card_visa",
    return_url: "https://acme.test/done",
  });
  const active = await stripe.subscriptions.retrieve(subscription.id, { expand: ["default_payment_method"] });
  expect(active).toMatchObject({ status: "active", default_payment_method: { card: { brand: "visa" } } });
});

test("3-D Secure on the first payment waits for the customer", async () => {
  const { stripe } = await standIn();
  const customer = await payer(stripe, "pm_card_authenticationRequired");
  const price = await planOf(stripe);
  const subscription = await stripe.subscriptions.create({ customer, items: [{ price: price.id }] });
  expect(subscription.status).toBe("incomplete");
  expect(await billingEvents(stripe)).toContain("invoice.payment_action_required");
});

test("send_invoice is active at once, needs a term, and sends its first invoice an hour later", async () => {
  const { stripe, advance } = await standIn();
  const { id: customer } = await stripe.customers.create({ email: "pay@acme.test" });
  const price = await planOf(stripe);
  const order = { customer, items: [{ price: price.id }], collection_method: "send_invoice" as const };
  expect(await failure(stripe.subscriptions.create(order))).toMatchObject({ param: "days_until_due" });
  const subscription = await stripe.subscriptions.create({
    ...order,
    days_until_due: 30,
    expand: ["latest_invoice"],
  });
  expect(subscription).toMatchObject({ status: "active", days_until_due: 30, latest_invoice: { status: "draft" } });
  const draft = subscription.latest_invoice as Stripe.Invoice;
  expect(draft.automatically_finalizes_at).toBe(draft.created + 3_600);
  await advance("59m");
  expect((await stripe.invoices.retrieve(draft.id)).status).toBe("draft");
  await advance("2m");
  const sent = await stripe.invoices.retrieve(draft.id);
  expect(sent).toMatchObject({ status: "open", amount_due: 3_000 });
  expect((await billingEvents(stripe)).slice(-2)).toEqual(["invoice.finalized", "invoice.sent"]);
});

test("anchors: a stub until the anchor, whole months from there", async () => {
  const { stripe, advance } = await standIn();
  const customer = await payer(stripe);
  const price = await planOf(stripe, { amount: 3_100 });
  const subscription = await stripe.subscriptions.create({
    customer,
    items: [{ price: price.id }],
    billing_cycle_anchor: Date.parse("2030-02-10T10:00:00Z") / 1000,
    expand: ["latest_invoice"],
  });
  // Ten of the thirty-one days from 10 January to 10 February.
  expect(subscription.latest_invoice).toMatchObject({ total: 1_000 });
  await advance("11d");
  const [, second] = await invoicesOf(stripe, subscription.id);
  expect(second).toMatchObject({ total: 3_100, status: "paid" });
  const after = await stripe.subscriptions.retrieve(subscription.id);
  expect(minute(after.items.data[0]?.current_period_end)).toBe("2030-03-10T10:00");
  const free = await stripe.subscriptions.create({
    customer,
    items: [{ price: price.id }],
    billing_cycle_anchor_config: { day_of_month: 31, hour: 0 },
    proration_behavior: "none",
    expand: ["latest_invoice"],
  });
  expect(free.latest_invoice).toMatchObject({ total: 0, status: "paid" });
  expect(minute(free.billing_cycle_anchor)).toBe("2030-02-28T00:00");
  await advance("3w");
  expect(minute((await stripe.subscriptions.retrieve(free.id)).items.data[0]?.current_period_end)).toBe(
    "2030-03-31T00:00",
  );
});

test("what makes no sense is refused, by name", async () => {
  const { stripe } = await standIn();
  const customer = await payer(stripe);
  const price = await planOf(stripe);
  const once = await stripe.prices.create({ product: String(price.product), currency: "usd", unit_amount: 100 });
  const euro = await stripe.prices.create({
    product: String(price.product),
    currency: "eur",
    unit_amount: 100,
    recurring: { interval: "month" },
  });
  const items = [{ price: price.id }];
  const past = Date.parse("2030-01-01T00:00:00Z") / 1000;
  const refusals = [
    [{ customer, items: [] }, "items"],
    [{ customer, items: [{ price: once.id }] }, "items[0][price]"],
    [{ customer, items: [{ price: "price_none" }] }, "items[0][price]"],
    [{ customer, items: [...items, ...items] }, "items"],
    [{ customer, items: [...items, { price: euro.id }] }, "currency"],
    [{ customer, items, trial_end: past }, "trial_end"],
    [{ customer, items, billing_cycle_anchor: past }, "billing_cycle_anchor"],
    [{ customer, items, payment_behavior: "pending_if_incomplete" as const }, "payment_behavior"],
    [{ customer, items, billing_mode: { type: "classic" as const } }, "billing_mode[type]"],
    [{ customer: "cus_none", items }, "customer"],
  ] as const;
  for (const [params, param] of refusals) {
    const error = await failure(stripe.subscriptions.create({ ...params, items: [...params.items] }));
    expect(error.param, error.message).toBe(param);
  }
});
