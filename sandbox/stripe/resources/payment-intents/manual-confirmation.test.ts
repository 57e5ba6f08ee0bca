import type Stripe from "stripe";
import { expect, test } from "vitest";
import { answerChallenge, browserPost, customerWith, failure, NO_REDIRECTS, standIn } from "../../testing/stand-in";

const MANUAL = {
  amount: 2_000,
  currency: "usd",
  confirmation_method: "manual",
  automatic_payment_methods: NO_REDIRECTS,
} as const satisfies Stripe.PaymentIntentCreateParams;

test("the server confirms, the customer authenticates, and the server has the last word", async () => {
  const standin = await standIn();
  const { stripe } = standin;
  const intent = await stripe.paymentIntents.create({
    ...MANUAL,
    payment_method: "pm_card_authenticationRequired",
    confirm: true,
    use_stripe_sdk: true,
  });
  expect(intent).toMatchObject({ status: "requires_action", confirmation_method: "manual" });
  await answerChallenge(standin, intent, "success");
  const waiting = await stripe.paymentIntents.retrieve(intent.id);
  expect(waiting).toMatchObject({ status: "requires_confirmation", next_action: null, amount_received: 0 });
  const done = await stripe.paymentIntents.confirm(intent.id);
  expect(done).toMatchObject({ status: "succeeded", amount_received: 2_000 });
  const charge = await stripe.charges.retrieve(String(done.latest_charge));
  expect(charge.payment_method_details?.card?.three_d_secure).toMatchObject({ result: "authenticated" });
});

test("a customer who does not authenticate leaves the intent without a method", async () => {
  const standin = await standIn();
  const intent = await standin.stripe.paymentIntents.create({
    ...MANUAL,
    payment_method: "pm_card_authenticationRequired",
    confirm: true,
    use_stripe_sdk: true,
  });
  await answerChallenge(standin, intent, "fail");
  expect(await standin.stripe.paymentIntents.retrieve(intent.id)).toMatchObject({
    status: "requires_payment_method",
    last_payment_error: { code: "payment_intent_authentication_failure" },
  });
});

test("what the customer passed counts for that card only", async () => {
  const standin = await standIn();
  const { stripe } = standin;
  const method = { payment_method: "pm_card_authenticationRequired", use_stripe_sdk: true };
  const intent = await stripe.paymentIntents.create({ ...MANUAL, ...method, confirm: true });
  await answerChallenge(standin, intent, "success");
  expect((await stripe.paymentIntents.confirm(intent.id, method)).status).toBe("requires_action");
});

test("a browser cannot confirm it, with its publishable key", async () => {
  const standin = await standIn();
  const intent = await standin.stripe.paymentIntents.create(MANUAL);
  const { status, body } = await browserPost(standin, `/v1/payment_intents/${intent.id}/confirm`, {
    client_secret: String(intent.client_secret),
    payment_method: "pm_card_visa",
  });
  expect([status, body.error?.message]).toEqual([
    400,
    expect.stringContaining("`confirmation_method` is set to `manual`"),
  ]);
});

test("nobody can set up a card while the customer is away", async () => {
  const { stripe } = await standIn();
  const saved = await customerWith(stripe, "pm_card_visa");
  const error = await failure(
    stripe.paymentIntents.create({
      ...MANUAL,
      ...saved,
      confirm: true,
      off_session: true,
      setup_future_usage: "off_session",
    }),
  );
  expect(error).toMatchObject({ statusCode: 400, param: "off_session" });
});
