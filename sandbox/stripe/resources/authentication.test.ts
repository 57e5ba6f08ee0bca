import { describe, expect, test } from "vitest";
import {
  answerChallenge,
  browserPost,
  chargeOffSession,
  customerWith,
  eventTypes,
  failure,
  NO_REDIRECTS,
  type StandIn,
  standIn,
} from "../testing/stand-in";

/** Saves a card through a set-up and 3-D Secure. */
async function setUp(standin: StandIn, literal: string) {
  const { stripe } = standin;
  const customer = await stripe.customers.create({});
  const waiting = await stripe.setupIntents.create({
    customer: customer.id,
    payment_method: literal,
    confirm: true,
    automatic_payment_methods: NO_REDIRECTS,
  });
  expect(waiting).toMatchObject({ status: "requires_action", next_action: { type: "use_stripe_sdk" } });
  await answerChallenge(standin, waiting, "success");
  const intent = await stripe.setupIntents.retrieve(waiting.id);
  expect(intent.status).toBe("succeeded");
  return { customer: customer.id, payment_method: String(intent.payment_method) };
}

test("4000002500003155 asks off-session until it was set up", async () => {
  const standin = await standIn();
  const attached = await customerWith(standin.stripe, "pm_card_authenticationRequiredOnSetup");
  expect((await failure(chargeOffSession(standin.stripe, attached))).code).toBe("authentication_required");
  const saved = await setUp(standin, "pm_card_authenticationRequiredOnSetup");
  expect((await chargeOffSession(standin.stripe, saved)).status).toBe("succeeded");
});

test("4000003800000446 asks on-session only", async () => {
  const { stripe } = await standIn();
  const saved = await customerWith(stripe, "pm_card_authenticationRequiredSetupForOffSession");
  expect((await chargeOffSession(stripe, saved)).status).toBe("succeeded");
  const onSession = await stripe.paymentIntents.create({
    amount: 900,
    currency: "usd",
    ...saved,
    confirm: true,
    automatic_payment_methods: NO_REDIRECTS,
  });
  expect(onSession.status).toBe("requires_action");
});

test("4000008260003178 is set up after authentication, then has no money", async () => {
  const standin = await standIn();
  const saved = await setUp(standin, "pm_card_authenticationRequiredChargeDeclinedInsufficientFunds");
  expect((await failure(chargeOffSession(standin.stripe, saved))).decline_code).toBe("insufficient_funds");
});

describe("4000002760003184, which always asks", () => {
  async function refusedPayment() {
    const standin = await standIn();
    const saved = await setUp(standin, "pm_card_authenticationRequired");
    const error = await failure(chargeOffSession(standin.stripe, saved));
    expect(error).toMatchObject({
      type: "StripeCardError",
      statusCode: 402,
      code: "authentication_required",
      decline_code: "authentication_required",
    });
    const intent = error.payment_intent;
    if (!intent) throw new Error("the error carries no intent");
    expect(intent).toMatchObject({
      status: "requires_payment_method",
      last_payment_error: { payment_method: { id: saved.payment_method } },
    });
    return { standin, intent, saved };
  }

  test("the same intent is confirmed in the browser, authenticated and succeeds", async () => {
    const { standin, intent, saved } = await refusedPayment();
    const confirmed = await browserPost(standin, `/v1/payment_intents/${intent.id}/confirm`, {
      client_secret: intent.client_secret ?? "",
      payment_method: saved.payment_method,
      use_stripe_sdk: "true",
    });
    expect(confirmed.body.status).toBe("requires_action");
    // The browser sees neither the customer nor the metadata.
    expect(confirmed.body).not.toHaveProperty("customer");
    expect(confirmed.body).not.toHaveProperty("metadata");
    await answerChallenge(standin, intent, "success");
    const done = await standin.stripe.paymentIntents.retrieve(intent.id, { expand: ["latest_charge"] });
    expect(done).toMatchObject({
      status: "succeeded",
      amount_received: 10_000,
      next_action: null,
      last_payment_error: null,
    });
    expect(done.latest_charge).toMatchObject({
      payment_method_details: { card: { three_d_secure: { result: "authenticated" } } },
    });
    const types = await eventTypes(standin.stripe);
    expect(types.filter((type) => type.startsWith("payment_intent."))).toEqual([
      "payment_intent.created",
      "payment_intent.payment_failed",
      "payment_intent.requires_action",
      "payment_intent.succeeded",
    ]);
  });

  test("a failed authentication leaves the intent waiting for a method", async () => {
    const { standin, intent, saved } = await refusedPayment();
    await browserPost(standin, `/v1/payment_intents/${intent.id}/confirm`, {
      client_secret: intent.client_secret ?? "",
      payment_method: saved.payment_method,
    });
    await answerChallenge(standin, intent, "fail");
    const after = await standin.stripe.paymentIntents.retrieve(intent.id);
    expect(after).toMatchObject({
      status: "requires_payment_method",
      last_payment_error: { code: "payment_intent_authentication_failure" },
    });
  });

  test("error_on_requires_action fails instead of waiting", async () => {
    const { stripe } = await standIn();
    const saved = await customerWith(stripe, "pm_card_authenticationRequired");
    const error = await failure(
      stripe.paymentIntents.create({
        amount: 900,
        currency: "usd",
        ...saved,
        confirm: true,
        error_on_requires_action: true,
        automatic_payment_methods: NO_REDIRECTS,
      }),
    );
    expect(error).toMatchObject({ statusCode: 402, code: "authentication_required" });
    expect(error.payment_intent?.status).toBe("requires_payment_method");
  });
});

test("with a return address the server is sent to the bank's page", async () => {
  const { stripe, url } = await standIn();
  const saved = await customerWith(stripe, "pm_card_authenticationRequired");
  const intent = await stripe.paymentIntents.create({
    amount: 900,
    currency: "usd",
    ...saved,
    confirm: true,
    return_url: "http://app.test/back",
  });
  expect(intent.next_action).toMatchObject({
    type: "redirect_to_url",
    redirect_to_url: { return_url: "http://app.test/back" },
  });
  expect(intent.next_action?.redirect_to_url?.url).toContain(`${url}/challenge/${intent.id}`);
});

test("a browser needs the intent's own secret, and may do nothing else", async () => {
  const standin = await standIn();
  const intent = await standin.stripe.paymentIntents.create({ amount: 900, currency: "usd" });
  const wrong = await browserPost(standin, `/v1/payment_intents/${intent.id}/confirm`, {
    client_secret: `${intent.id}_secret_wrong`,
  });
  expect([wrong.status, wrong.body.error?.code]).toEqual([400, "payment_intent_invalid_parameter"]);
  const list = await browserPost(standin, "/v1/customers", { email: "a@b.test" });
  expect([list.status, list.body.error?.code]).toEqual([401, "secret_key_required"]);
});

test("raw card numbers are taken from the browser only", async () => {
  const standin = await standIn();
  const intent = await standin.stripe.paymentIntents.create({ amount: 900, currency: "usd" });
  const card = {
    "payment_method_data[type]": "card",
    "payment_method_data[card][number]": "4242 4242 4242 4242",
    "payment_method_data[card][exp_month]": "12",
    "payment_method_data[card][exp_year]": "2040",
    "payment_method_data[card][cvc]": "123",
  };
  const confirmed = await browserPost(standin, `/v1/payment_intents/${intent.id}/confirm`, {
    client_secret: intent.client_secret ?? "",
    ...card,
  });
  expect(confirmed.body.status).toBe("succeeded");
  const fromServer = await failure(
    standin.stripe.paymentMethods.create({
      type: "card",
      card: { number: "4242424242424242", exp_month: 12, exp_year: 2040, cvc: "123" },
    }),
  );
  expect(fromServer.message).toContain("generally unsafe");
  const requests = await standin.control<{ data: unknown[] }>("GET requests");
  expect(JSON.stringify(requests)).not.toContain("4242424242424242");
  expect(JSON.stringify(requests)).not.toContain("4242 4242 4242 4242");
});
