import type Stripe from "stripe";
import { afterEach, expect, test } from "vitest";
import { setClockForTests } from "@/lib/clock";
import { browserPost, failure, NO_REDIRECTS, standIn } from "../../testing/stand-in";

afterEach(() => setClockForTests(null));

const PAYMENT = { amount: 2_000, currency: "usd", automatic_payment_methods: NO_REDIRECTS } as const;

test("what the page collected is confirmed by the server, once", async () => {
  const standin = await standIn();
  const { stripe } = standin;
  const customer = await stripe.customers.create({});
  const { body: token } = await browserPost<Stripe.ConfirmationToken>(standin, "/v1/confirmation_tokens", {
    "payment_method_data[type]": "card",
    "payment_method_data[card][number]": "4242424242424242",
    "payment_method_data[card][exp_month]": "12",
    "payment_method_data[card][exp_year]": "2050",
    "payment_method_data[card][cvc]": "123",
    "payment_method_data[billing_details][name]": "Olivia",
    setup_future_usage: "off_session",
    return_url: "http://app.test/done",
  });
  expect(token).toMatchObject({
    object: "confirmation_token",
    payment_intent: null,
    payment_method_preview: { type: "card", card: { last4: "4242" }, billing_details: { name: "Olivia" } },
    setup_future_usage: "off_session",
  });
  const paid = await stripe.paymentIntents.create({
    ...PAYMENT,
    customer: customer.id,
    confirm: true,
    confirmation_token: token.id,
  });
  expect(paid).toMatchObject({ status: "succeeded", setup_future_usage: "off_session" });
  expect((await stripe.confirmationTokens.retrieve(token.id)).payment_intent).toBe(paid.id);
  expect((await stripe.paymentMethods.list({ customer: customer.id })).data).toMatchObject([
    { id: paid.payment_method, billing_details: { name: "Olivia" } },
  ]);
  const again = await failure(
    stripe.paymentIntents.create({ ...PAYMENT, confirm: true, confirmation_token: token.id }),
  );
  expect(again).toMatchObject({ statusCode: 400, param: "confirmation_token" });
});

test("a bank account comes with the consent its page has shown", async () => {
  const standin = await standIn();
  const { stripe } = standin;
  const { body: token } = await browserPost<Stripe.ConfirmationToken>(standin, "/v1/confirmation_tokens", {
    payment_method: "pm_usBankAccount_success",
  });
  const intent = await stripe.paymentIntents.create({ ...PAYMENT, confirm: true, confirmation_token: token.id });
  expect(intent.status).toBe("processing");
});

test("a set-up takes one too, made by a test helper", async () => {
  const { stripe } = await standIn();
  const customer = await stripe.customers.create({});
  const token = await stripe.testHelpers.confirmationTokens.create({ payment_method: "pm_card_visa" });
  const intent = await stripe.setupIntents.create({
    customer: customer.id,
    confirm: true,
    confirmation_token: token.id,
    automatic_payment_methods: NO_REDIRECTS,
  });
  expect(intent.status).toBe("succeeded");
  expect((await stripe.confirmationTokens.retrieve(token.id)).setup_intent).toBe(intent.id);
});

test("refused: unknown, too old, beside a method, without confirming", async () => {
  setClockForTests("2030-03-04T15:00:00Z");
  const { stripe, advance } = await standIn();
  const token = await stripe.testHelpers.confirmationTokens.create({ payment_method: "pm_card_visa" });
  const confirmed = { ...PAYMENT, confirm: true };
  const refused = async (more: Partial<Stripe.PaymentIntentCreateParams>) =>
    failure(stripe.paymentIntents.create({ ...confirmed, ...more }));
  expect((await refused({ confirmation_token: "ctoken_none" })).code).toBe("resource_missing");
  expect((await refused({ confirmation_token: token.id, payment_method: "pm_card_visa" })).param).toBe(
    "payment_method",
  );
  expect((await refused({ confirmation_token: token.id, confirm: false })).param).toBe("confirmation_token");
  await advance("13h");
  expect((await refused({ confirmation_token: token.id })).message).toContain("expired");
});
