import type Stripe from "stripe";
import { afterEach, describe, expect, test } from "vitest";
import { setClockForTests } from "@/lib/clock";
import { answerChallenge, eventTypes, failure, type StandIn, standIn } from "../../testing/stand-in";

afterEach(() => setClockForTests(null));

const URLS = {
  success_url: "https://app.test/done?session={CHECKOUT_SESSION_ID}",
  cancel_url: "https://app.test/back",
};
const CARD = { cardNumber: "4242 4242 4242 4242", cardExpiry: "12 / 40", cardCvc: "123", billingName: "Olivia Stone" };

async function shop() {
  const standin = await standIn();
  const { stripe } = standin;
  const product = await stripe.products.create({ name: "Robot arm" });
  const once = await stripe.prices.create({ product: product.id, unit_amount: 1_500, currency: "usd" });
  const monthly = await stripe.prices.create({
    product: product.id,
    unit_amount: 2_000,
    currency: "usd",
    recurring: { interval: "month" },
  });
  const coupon = await stripe.coupons.create({ percent_off: 20, duration: "forever" });
  const code = await stripe.promotionCodes.create({
    promotion: { type: "coupon", coupon: coupon.id },
    code: "WELCOME",
  });
  return { ...standin, product, once, monthly, coupon, code };
}

/** Sends the form of the page. */
async function send(url: string | null, fields: Record<string, string>) {
  const response = await fetch(url ?? "", {
    method: "POST",
    redirect: "manual",
    body: new URLSearchParams({ act: "pay", ...fields }),
  });
  return { status: response.status, location: response.headers.get("location") ?? "", text: await response.text() };
}

/** Pays on the page, with a card unless told otherwise. */
function pay(session: Stripe.Checkout.Session, fields: Record<string, string> = {}) {
  return send(session.url, { email: "olivia@acme.test", means: "card", ...CARD, ...fields });
}

const checkoutEvents = async (standin: StandIn) =>
  (await eventTypes(standin.stripe)).filter((type) => type.startsWith("checkout."));

describe("a payment", () => {
  test("is figured, paid on the page and leads back with the session's id", async () => {
    const standin = await shop();
    const { stripe, once, coupon } = standin;
    const session = await stripe.checkout.sessions.create({
      mode: "payment",
      line_items: [{ price: once.id, quantity: 2 }],
      discounts: [{ coupon: coupon.id }],
      client_reference_id: "tenant-1",
      metadata: { order: "7" },
      payment_intent_data: { metadata: { order: "7" }, description: "Two arms" },
      ...URLS,
    });
    expect(session).toMatchObject({
      status: "open",
      payment_status: "unpaid",
      payment_intent: null,
      amount_subtotal: 3_000,
      amount_total: 2_400,
      total_details: { amount_discount: 600, amount_tax: 0 },
      url: `${standin.url}/c/pay/${session.id}`,
    });
    const declined = await pay(session, { cardNumber: "4000000000009995" });
    expect([declined.status, declined.text.includes("insufficient funds")]).toEqual([402, true]);
    const paid = await pay(session);
    expect([paid.status, paid.location]).toEqual([303, `https://app.test/done?session=${session.id}`]);
    const done = await stripe.checkout.sessions.retrieve(session.id, { expand: ["payment_intent", "line_items"] });
    expect(done).toMatchObject({
      status: "complete",
      payment_status: "paid",
      url: null,
      customer: null,
      customer_details: { email: "olivia@acme.test", name: "Olivia Stone" },
      payment_intent: { amount: 2_400, status: "succeeded", description: "Two arms", metadata: { order: "7" } },
      line_items: { data: [{ description: "Robot arm", quantity: 2, amount_discount: 600, amount_total: 2_400 }] },
    });
    expect((await stripe.coupons.retrieve(coupon.id)).times_redeemed).toBe(1);
    expect((await eventTypes(stripe)).slice(-3)).toEqual([
      "charge.succeeded",
      "payment_intent.succeeded",
      "checkout.session.completed",
    ]);
    expect((await send(session.url, {})).text).toContain("complete");
  });

  test("asks the bank first, and fails there without ending the session", async () => {
    const { stripe, once, ...standin } = await shop();
    const session = await stripe.checkout.sessions.create({
      mode: "payment",
      line_items: [{ price: once.id, quantity: 1 }],
      customer_creation: "always",
      ...URLS,
    });
    const asked = await pay(session, { cardNumber: "4000002760003184" });
    expect(asked.location).toMatch(/^\/challenge\/pi_/);
    const open = await stripe.checkout.sessions.retrieve(session.id, { expand: ["payment_intent"] });
    const intent = open.payment_intent as Stripe.PaymentIntent;
    expect([open.status, intent.status]).toEqual(["open", "requires_action"]);
    await answerChallenge({ ...standin, stripe }, intent, "fail");
    expect((await stripe.checkout.sessions.retrieve(session.id)).status).toBe("open");
    await pay(session, { cardNumber: "4000002760003184" });
    await answerChallenge({ ...standin, stripe }, intent, "success");
    const done = await stripe.checkout.sessions.retrieve(session.id);
    expect(done).toMatchObject({ status: "complete", payment_status: "paid", payment_intent: intent.id });
    expect(done.customer).toMatch(/^cus_/);
  });

  test("by bank account is complete at once and paid days later", async () => {
    setClockForTests("2030-03-04T15:00:00Z");
    const standin = await shop();
    const { stripe, once, advance } = standin;
    const session = await stripe.checkout.sessions.create({
      mode: "payment",
      line_items: [{ price: once.id, quantity: 1 }],
      ...URLS,
    });
    const bank = { accountHolderName: "Olivia Stone", routingNumber: "110000000", verification: "instant" };
    await pay(session, { means: "us_bank_account", accountNumber: "000123456789", ...bank });
    expect(await stripe.checkout.sessions.retrieve(session.id)).toMatchObject({
      status: "complete",
      payment_status: "unpaid",
    });
    const failing = await stripe.checkout.sessions.create({
      mode: "payment",
      line_items: [{ price: once.id, quantity: 1 }],
      ...URLS,
    });
    await pay(failing, { means: "us_bank_account", accountNumber: "000222222227", ...bank });
    await advance("5d");
    expect((await stripe.checkout.sessions.retrieve(session.id)).payment_status).toBe("paid");
    expect((await stripe.checkout.sessions.retrieve(failing.id)).payment_status).toBe("unpaid");
    expect(await checkoutEvents(standin)).toEqual([
      "checkout.session.completed",
      "checkout.session.completed",
      "checkout.session.async_payment_succeeded",
      "checkout.session.async_payment_failed",
    ]);
  });

  test("with invoice_creation leaves a paid invoice", async () => {
    const { stripe, once } = await shop();
    const session = await stripe.checkout.sessions.create({
      mode: "payment",
      line_items: [{ price: once.id, quantity: 3 }],
      invoice_creation: { enabled: true, invoice_data: { description: "Thank you" } },
      ...URLS,
    });
    await pay(session);
    const done = await stripe.checkout.sessions.retrieve(session.id, { expand: ["invoice"] });
    expect(done).toMatchObject({
      status: "complete",
      payment_status: "paid",
      invoice: { status: "paid", amount_paid: 4_500, description: "Thank you" },
    });
  });
});

describe("the page", () => {
  test("takes a promotion code and other quantities, and shows what they cost", async () => {
    const { stripe, once, code } = await shop();
    const session = await stripe.checkout.sessions.create({
      mode: "payment",
      allow_promotion_codes: true,
      line_items: [{ price: once.id, quantity: 1, adjustable_quantity: { enabled: true, minimum: 1, maximum: 5 } }],
      ...URLS,
    });
    const [line] = (await stripe.checkout.sessions.listLineItems(session.id)).data;
    await send(session.url, { act: "quantity", [`quantity_${line?.id}`]: "9" });
    expect((await stripe.checkout.sessions.retrieve(session.id)).amount_total).toBe(7_500);
    expect((await send(session.url, { act: "promotion", promotionCode: "nonsense" })).text).toContain("not valid");
    await send(session.url, { act: "promotion", promotionCode: "welcome" });
    expect(await stripe.checkout.sessions.retrieve(session.id)).toMatchObject({
      amount_total: 6_000,
      discounts: [{ promotion_code: code.id }],
    });
    await send(session.url, { act: "no_promotion" });
    expect((await stripe.checkout.sessions.retrieve(session.id)).amount_total).toBe(7_500);
    expect((await stripe.promotionCodes.retrieve(code.id)).times_redeemed).toBe(0);
  });

  test("asks for everything the merchant wants, and says what is missing", async () => {
    const { stripe, once } = await shop();
    const session = await stripe.checkout.sessions.create({
      mode: "payment",
      line_items: [{ price: once.id, quantity: 1 }],
      billing_address_collection: "required",
      phone_number_collection: { enabled: true },
      consent_collection: { terms_of_service: "required" },
      custom_fields: [
        { key: "engraving", label: { custom: "Engraving", type: "custom" }, type: "text", optional: true },
        {
          key: "size",
          label: { custom: "Size", type: "custom" },
          type: "dropdown",
          dropdown: { options: [{ label: "Small", value: "s" }] },
        },
      ],
      ...URLS,
    });
    const missing = await pay(session);
    expect(missing.status).toBe(400);
    for (const text of ["Please fill in this field", "Please accept the terms"]) expect(missing.text).toContain(text);
    await pay(session, {
      phone: "+1 555 0100",
      billingCountry: "US",
      billingAddressLine1: "1 Main St",
      billingLocality: "New York",
      billingPostalCode: "10001",
      field_size: "s",
      terms: "on",
    });
    expect(await stripe.checkout.sessions.retrieve(session.id)).toMatchObject({
      status: "complete",
      consent: { terms_of_service: "accepted" },
      customer_details: { phone: "+1 555 0100", address: { line1: "1 Main St", country: "US" } },
      custom_fields: [{ text: { value: null } }, { dropdown: { value: "s" } }],
    });
  });
});

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

describe("time and mistakes", () => {
  test("a session expires after a day, or when it is told to", async () => {
    setClockForTests("2030-03-04T15:00:00Z");
    const standin = await shop();
    const { stripe, once, advance } = standin;
    const make = () =>
      stripe.checkout.sessions.create({ mode: "payment", line_items: [{ price: once.id, quantity: 1 }], ...URLS });
    const [first, second] = [await make(), await make()];
    await pay(second, { cardNumber: "4000000000009995" });
    const told = await stripe.checkout.sessions.expire(first.id);
    expect(told).toMatchObject({ status: "expired", url: null });
    await advance("23h");
    expect((await stripe.checkout.sessions.retrieve(second.id)).status).toBe("open");
    await advance("2h");
    const late = await stripe.checkout.sessions.retrieve(second.id, { expand: ["payment_intent"] });
    expect(late).toMatchObject({ status: "expired", payment_intent: { status: "canceled" } });
    expect((await fetch(second.url ?? "")).status).toBe(404);
    expect(await checkoutEvents(standin)).toEqual(["checkout.session.expired", "checkout.session.expired"]);
    expect((await failure(stripe.checkout.sessions.expire(first.id))).message).toContain("status of `expired`");
  });

  test("what does not fit is refused by name", async () => {
    const { stripe, once, monthly, coupon } = await shop();
    const line_items = [{ price: once.id, quantity: 1 }];
    const tries: [Stripe.Checkout.SessionCreateParams, string][] = [
      [{ mode: "payment", line_items }, "success_url"],
      [{ mode: "payment", ...URLS }, "line_items"],
      [{ mode: "payment", line_items: [{ price: monthly.id, quantity: 1 }], ...URLS }, "line_items"],
      [{ mode: "subscription", line_items, ...URLS }, "line_items"],
      [{ mode: "setup", ...URLS }, "currency"],
      [{ mode: "payment", line_items, subscription_data: { description: "x" }, ...URLS }, "subscription_data"],
      [
        { mode: "payment", line_items, allow_promotion_codes: true, discounts: [{ coupon: coupon.id }], ...URLS },
        "allow_promotion_codes",
      ],
      [{ mode: "payment", line_items, expires_at: 1, ...URLS }, "expires_at"],
      [{ mode: "payment", line_items, ui_mode: "embedded_page", ...URLS }, "ui_mode"],
      [{ mode: "payment", line_items, automatic_tax: { enabled: true }, ...URLS }, "automatic_tax"],
    ];
    for (const [params, param] of tries)
      expect((await failure(stripe.checkout.sessions.create(params))).param, param).toBe(param);
  });
});
