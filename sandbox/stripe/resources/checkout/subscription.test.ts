import type Stripe from "stripe";
import { describe, expect, test } from "vitest";
import { checkoutEvents, pay, shop, URLS } from "./testing/shop";

describe("a subscription", () => {
  test("starts with its first payment, and keeps the card", async () => {
    const standin = await shop();
    const { stripe, monthly, once, code } = standin;
    const session = await stripe.checkout.sessions.create({
      mode: "subscription",
      line_items: [
        { price: monthly.id, quantity: 1 },
        { price: once.id, quantity: 1 },
      ],
      discounts: [{ promotion_code: code.id }],
      subscription_data: { metadata: { tenant: "1" } },
      ...URLS,
    });
    expect(session).toMatchObject({ amount_total: 2_800, subscription: null, customer_creation: "always" });
    await pay(session, { cardNumber: "4000000000009995" });
    expect((await stripe.checkout.sessions.retrieve(session.id)).status).toBe("open");
    await pay(session);
    const done = await stripe.checkout.sessions.retrieve(session.id, { expand: ["subscription", "invoice"] });
    expect(done).toMatchObject({
      status: "complete",
      payment_status: "paid",
      subscription: { status: "active", metadata: { tenant: "1" } },
      invoice: { status: "paid", amount_paid: 2_800 },
    });
    const subscription = done.subscription as Stripe.Subscription;
    expect(subscription.default_payment_method).toMatch(/^pm_/);
    expect((await stripe.subscriptions.list({ customer: String(done.customer) })).data).toHaveLength(1);
    expect(await checkoutEvents(standin)).toEqual(["checkout.session.completed"]);
  });

  test("on trial takes a card without charging it", async () => {
    const { stripe, monthly } = await shop();
    const session = await stripe.checkout.sessions.create({
      mode: "subscription",
      line_items: [{ price: monthly.id, quantity: 1 }],
      subscription_data: { trial_period_days: 14 },
      ...URLS,
    });
    expect(session).toMatchObject({ amount_total: 0, payment_status: "no_payment_required" });
    await pay(session);
    const done = await stripe.checkout.sessions.retrieve(session.id, { expand: ["subscription"] });
    expect(done).toMatchObject({
      status: "complete",
      payment_status: "no_payment_required",
      subscription: { status: "trialing", default_payment_method: expect.stringMatching(/^pm_/) },
    });
  });
});

test("a set-up saves a card for its customer", async () => {
  const { stripe } = await shop();
  const customer = await stripe.customers.create();
  const session = await stripe.checkout.sessions.create({
    mode: "setup",
    currency: "usd",
    customer: customer.id,
    setup_intent_data: { metadata: { why: "recharge" } },
    ...URLS,
  });
  expect(session).toMatchObject({ amount_total: null, payment_status: "no_payment_required" });
  expect(session.setup_intent).toMatch(/^seti_/);
  await pay(session);
  expect(await stripe.checkout.sessions.retrieve(session.id, { expand: ["setup_intent"] })).toMatchObject({
    status: "complete",
    setup_intent: { status: "succeeded", metadata: { why: "recharge" } },
  });
  expect((await stripe.customers.listPaymentMethods(customer.id)).data).toHaveLength(1);
});
