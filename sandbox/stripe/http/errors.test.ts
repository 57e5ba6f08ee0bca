import type Stripe from "stripe";
import { describe, expect, test } from "vitest";
import { clientFor, failure, NO_REDIRECTS, standIn } from "../testing/stand-in";

async function raw(url: string, path: string, init: RequestInit = {}) {
  const response = await fetch(url + path, {
    ...init,
    headers: { authorization: "Bearer sk_test_standin", ...init.headers },
  });
  const body = (await response.json()) as { error: { type: string; code?: string; param?: string; message: string } };
  return { status: response.status, headers: response.headers, ...body };
}

function form(fields: Record<string, string>): RequestInit {
  return { method: "POST", body: new URLSearchParams(fields) };
}

describe("parameters", () => {
  test.each([
    [{ currency: "usd" }, "parameter_missing", "amount"],
    [{ amount: "ten", currency: "usd" }, "parameter_invalid_integer", "amount"],
    [{ amount: "", currency: "usd" }, "parameter_invalid_empty", "amount"],
    [{ amount: "100", currency: "usd", colour: "red" }, "parameter_unknown", "colour"],
    [
      { amount: "100", currency: "usd", "shipping[name]": "A", "shipping[address][planet]": "Mars" },
      "parameter_unknown",
      "shipping[address][planet]",
    ],
    [{ amount: "100", currency: "xxz" }, undefined, "currency"],
    [{ amount: "49", currency: "usd" }, "amount_too_small", "amount"],
    [{ amount: "100000000", currency: "usd" }, "amount_too_large", "amount"],
    [{ amount: "100", currency: "usd", capture_method: "later" }, undefined, "capture_method"],
    [{ amount: "100", currency: "usd", off_session: "true" }, undefined, "off_session"],
    [{ amount: "100", currency: "usd", customer: "cus_none" }, "resource_missing", "customer"],
  ])("%o → %s %s", async (fields, code, param) => {
    const { url } = await standIn();
    const { status, error, headers } = await raw(url, "/v1/payment_intents", form(fields as Record<string, string>));
    expect(error).toMatchObject({ type: "invalid_request_error", param });
    expect(error.code).toBe(code);
    expect(status).toBe(400);
    expect(headers.get("request-id")).toMatch(/^req_/);
  });

  test.each([
    [49, "usd", "$0.50 usd"],
    [49, "jpy", "¥50 jpy"],
    [17_499, "huf", "Ft175.00 huf"],
  ])("%i %s is less than Stripe charges", async (amount, currency, least) => {
    const { stripe } = await standIn();
    const { message } = await failure(stripe.paymentIntents.create({ amount, currency }));
    expect(message).toBe(`Amount must be at least ${least}`);
    expect(await stripe.paymentIntents.create({ amount: amount + 1, currency })).toMatchObject({ currency });
  });

  test("payment_method_types depends on the version", async () => {
    const { stripe, url } = await standIn();
    const old = await raw(
      url,
      "/v1/payment_intents",
      form({ amount: "100", currency: "usd", "payment_method_types[]": "card" }),
    );
    expect(old).toMatchObject({ object: "payment_intent", payment_method_types: ["card"] });
    const asked = { amount: 100, currency: "usd", payment_method_types: ["card"] } as Stripe.PaymentIntentCreateParams;
    const refused = await failure(stripe.paymentIntents.create(asked));
    expect(refused).toMatchObject({ statusCode: 400, code: "payment_method_types_no_longer_supported" });
    const setUp = { payment_method_types: ["card"] } as Stripe.SetupIntentCreateParams;
    expect((await failure(stripe.setupIntents.create(setUp))).code).toBe("payment_method_types_no_longer_supported");
  });

  test("a confirmation that might redirect needs an address to come back to", async () => {
    const { stripe } = await standIn();
    const params = { amount: 100, currency: "usd", payment_method: "pm_card_visa", confirm: true };
    expect((await failure(stripe.paymentIntents.create(params))).message).toContain("return_url");
    for (const way of [
      { return_url: "http://app.test/" },
      { automatic_payment_methods: NO_REDIRECTS },
      { allowed_payment_method_types: ["card" as const] },
    ]) {
      expect((await stripe.paymentIntents.create({ ...params, ...way })).status).toBe("succeeded");
    }
  });
});

test("addresses that only Stripe has, and those that nobody has, are refused in Stripe's shape, never answered", async () => {
  const { stripe, url } = await standIn();
  expect(await failure(stripe.quotes.list())).toMatchObject({ statusCode: 501, code: "standin_unsupported" });
  expect(await raw(url, "/v1/customers/cus_1/imaginary")).toMatchObject({
    status: 404,
    error: { message: expect.stringContaining("Unrecognized request URL (GET: /v1/customers/cus_1/imaginary)") },
  });
  expect(await raw(url, "/v2/core/events")).toMatchObject({ status: 501 });
  expect(await raw(url, "/elsewhere")).toMatchObject({ status: 404, error: { type: "invalid_request_error" } });
});

test("parameters that Stripe has and the stand-in has not are named, not ignored", async () => {
  const { stripe } = await standIn();
  const error = await failure(
    stripe.paymentIntents.create({ amount: 100, currency: "usd", application_fee_amount: 5 }),
  );
  expect(error).toMatchObject({ statusCode: 501, code: "standin_unsupported", param: "application_fee_amount" });
  const deep = await failure(
    stripe.paymentIntents.create({
      amount: 100,
      currency: "usd",
      payment_method_options: { affirm: { capture_method: "manual" } },
    }),
  );
  expect(deep).toMatchObject({ statusCode: 501, param: "payment_method_options[affirm]" });
});

test("objects that are not there", async () => {
  const { stripe } = await standIn();
  const calls = [
    stripe.paymentIntents.retrieve("pi_none"),
    stripe.customers.retrieve("cus_none"),
    stripe.charges.retrieve("ch_none"),
    stripe.events.retrieve("evt_none"),
    stripe.paymentMethods.retrieve("pm_none"),
  ];
  for (const call of calls)
    expect(await failure(call)).toMatchObject({
      type: "StripeInvalidRequestError",
      statusCode: 404,
      code: "resource_missing",
    });
});

test("an object named in a parameter makes a bad request, one of the address is not found", async () => {
  const { stripe } = await standIn();
  const { id } = await stripe.customers.create({});
  const default_payment_method = "pm_none";
  for (const [call, statusCode, message] of [
    [
      stripe.customers.update(id, { invoice_settings: { default_payment_method } }),
      400,
      "No such PaymentMethod: 'pm_none'",
    ],
    [
      stripe.subscriptions.create({ customer: "cus_none", items: [{ price: "p" }] }),
      400,
      "No such customer: 'cus_none'",
    ],
    [stripe.customers.list({ starting_after: "cus_none" }), 400, "No such customer: 'cus_none'"],
    [stripe.paymentMethods.list({ starting_after: "pm_none" }), 400, "No such PaymentMethod: 'pm_none'"],
    [stripe.invoices.list({ customer: "cus_none" }), 400, "No such customer: 'cus_none'"],
    [stripe.invoiceItems.list({ customer: "cus_none" }), 400, "No such customer: 'cus_none'"],
    [stripe.creditNotes.list({ customer: "cus_none" }), 400, "No such customer: 'cus_none'"],
    [stripe.promotionCodes.list({ customer: "cus_none" }), 400, "No such customer: 'cus_none'"],
    [stripe.customers.listPaymentMethods("cus_none"), 404, "No such customer: 'cus_none'"],
    [stripe.customers.update("cus_none", {}), 404, "No such customer: 'cus_none'"],
  ] as const)
    expect(await failure(call)).toMatchObject({ statusCode, message, code: "resource_missing" });
});

test("a body of more than 2 MB is too large", async () => {
  const { url, stripe } = await standIn();
  const answer = await raw(url, "/v1/customers", form({ description: "x".repeat(2_100_000) }));
  expect(answer).toMatchObject({ status: 413, error: { type: "invalid_request_error" } });
  expect(answer.headers.get("request-id")).toMatch(/^req_/);
  expect((await stripe.customers.list()).data).toEqual([]);
});

test("texts that are too long", async () => {
  const { stripe } = await standIn();
  const long = (most: number) => "abcdefghij".padEnd(most + 1, "z");
  const payment = { amount: 100, currency: "usd" };
  for (const [call, param, most] of [
    [stripe.customers.create({ email: long(512) }), "email", 512],
    [stripe.coupons.create({ percent_off: 5, name: long(40) }), "name", 40],
    [stripe.paymentIntents.create({ ...payment, description: long(1000) }), "description", 1000],
    [
      stripe.paymentIntents.create({ ...payment, statement_descriptor_suffix: long(22) }),
      "statement_descriptor_suffix",
      22,
    ],
  ] as const)
    expect(await failure(call)).toMatchObject({
      param,
      message: `Invalid string: abcdefghij...zzzz; must be at most ${most} characters`,
    });
  expect((await stripe.coupons.create({ percent_off: 5, name: "n".repeat(40) })).name).toHaveLength(40);
});

test("keys", async () => {
  const { url, publishableKey } = await standIn();
  const withKey = (key: string) => failure(clientFor(url, key).customers.list());
  expect(await withKey("sk_test_somebody_else")).toMatchObject({ type: "StripeAuthenticationError", statusCode: 401 });
  expect((await withKey(["sk", "live", "real"].join("_"))).message).toContain("refuses live keys");
  expect(await withKey(publishableKey)).toMatchObject({ statusCode: 401, code: "secret_key_required" });
  const none = await fetch(`${url}/v1/customers`);
  expect(none.status).toBe(401);
  await expect(standIn({ secretKey: ["sk", "live", "real"].join("_") })).rejects.toThrow("test keys only");
});

test("an intent that has succeeded can be neither confirmed, canceled nor captured again", async () => {
  const { stripe } = await standIn();
  const done = await stripe.paymentIntents.create({
    amount: 100,
    currency: "usd",
    payment_method: "pm_card_visa",
    confirm: true,
    automatic_payment_methods: NO_REDIRECTS,
  });
  for (const call of [
    stripe.paymentIntents.confirm(done.id),
    stripe.paymentIntents.cancel(done.id),
    stripe.paymentIntents.capture(done.id),
    stripe.paymentIntents.update(done.id, { amount: 200 }),
  ]) {
    const error = await failure(call);
    expect(error).toMatchObject({ statusCode: 400, code: "payment_intent_unexpected_state" });
    expect(error.payment_intent?.status).toBe("succeeded");
  }
});

test("another customer's card is refused", async () => {
  const { stripe } = await standIn();
  const [mine, theirs] = await Promise.all([stripe.customers.create({}), stripe.customers.create({})]);
  const method = await stripe.paymentMethods.attach("pm_card_visa", { customer: theirs.id });
  const payment = {
    amount: 100,
    currency: "usd",
    payment_method: method.id,
    confirm: true,
    automatic_payment_methods: NO_REDIRECTS,
  };
  for (const call of [
    stripe.paymentIntents.create({ ...payment, customer: mine.id }),
    stripe.paymentIntents.create(payment),
    stripe.paymentMethods.attach(method.id, { customer: mine.id }),
  ]) {
    expect(await failure(call)).toMatchObject({ type: "StripeInvalidRequestError", statusCode: 400 });
  }
  expect((await stripe.charges.list()).data).toEqual([]);
});
