import { afterEach, expect, test } from "vitest";
import { setClockForTests } from "@/lib/clock";
import { browserPost, chargeOffSession, customerWith, failure, standIn } from "../../testing/stand-in";

afterEach(() => setClockForTests(null));

test("the bank has sent a new card: the same method goes on with other digits, and says so", async () => {
  const { stripe, control } = await standIn();
  const saved = await customerWith(stripe, "pm_card_visa");
  const before = await stripe.paymentMethods.retrieve(saved.payment_method);
  await control("POST payment-methods", {
    paymentMethod: saved.payment_method,
    number: "4000056655665556",
    expMonth: 7,
    expYear: 2040,
  });
  const after = await stripe.paymentMethods.retrieve(saved.payment_method);
  expect(after.card).toMatchObject({ last4: "5556", exp_month: 7, exp_year: 2040 });
  expect(after.card?.fingerprint).not.toBe(before.card?.fingerprint);
  const [event] = (await stripe.events.list({ type: "payment_method.automatically_updated" })).data;
  expect(event?.data.previous_attributes).toMatchObject({ card: { last4: "4242" } });
  expect((await chargeOffSession(stripe, saved)).status).toBe("succeeded");
});

test("what a customer may correct, and what not", async () => {
  const { stripe } = await standIn();
  const saved = await customerWith(stripe, "pm_card_visa_cartesBancaires");
  const updated = await stripe.paymentMethods.update(saved.payment_method, {
    card: { exp_month: 1, exp_year: 2045, networks: { preferred: "cartes_bancaires" } },
    billing_details: { address: { city: "Paris" } },
    allow_redisplay: "always",
  });
  expect(updated).toMatchObject({
    allow_redisplay: "always",
    billing_details: { address: { city: "Paris" } },
    card: {
      exp_month: 1,
      exp_year: 2045,
      networks: { available: ["cartes_bancaires", "visa"], preferred: "cartes_bancaires" },
    },
  });
  const wrong = stripe.paymentMethods.update(saved.payment_method, { card: { networks: { preferred: "mastercard" } } });
  expect((await failure(wrong)).param).toBe("card[networks][preferred]");
  const loose = await stripe.paymentMethods.create({ type: "card", card: { token: "tok_visa" } });
  expect((await failure(stripe.paymentMethods.update(loose.id, { metadata: { a: "1" } }))).statusCode).toBe(400);
});

test("other ways to pay are refused by name, and their lists are empty", async () => {
  const { stripe } = await standIn();
  const { customer } = await customerWith(stripe, "pm_card_visa");
  const klarna = await failure(stripe.paymentMethods.create({ type: "klarna" }));
  expect(klarna).toMatchObject({ statusCode: 501, code: "standin_unsupported", param: "type" });
  const wallet = stripe.paymentIntents.create({
    amount: 100,
    currency: "usd",
    payment_method_options: { klarna: { capture_method: "manual" } },
  });
  expect(await failure(wallet)).toMatchObject({ statusCode: 501, param: "payment_method_options[klarna]" });
  expect((await stripe.paymentMethods.list({ customer, type: "klarna" })).data).toEqual([]);
  expect((await stripe.paymentMethods.list({ customer, type: "card" })).data).toHaveLength(1);
});

test("details that the bank compares", async () => {
  const standin = await standIn();
  const { stripe } = standin;
  const { body: method } = await browserPost<{ id: string }>(standin, "/v1/payment_methods", {
    type: "card",
    "card[number]": "4000000000000036",
    "card[exp_month]": "12",
    "card[exp_year]": "2050",
    "card[cvc]": "123",
    "billing_details[address][postal_code]": "94103",
  });
  const { id } = await stripe.customers.create({});
  const paid = await chargeOffSession(stripe, { customer: id, payment_method: method.id });
  const charge = await stripe.charges.retrieve(String(paid.latest_charge));
  expect(charge.payment_method_details?.card?.checks).toEqual({
    address_line1_check: null,
    address_postal_code_check: "fail",
    cvc_check: "pass",
  });
});

test("a number with a 9 before or after it settles within minutes", async () => {
  setClockForTests("2030-03-04T15:00:00Z");
  const standin = await standIn();
  const { stripe, advance } = standin;
  for (const [number, status] of [
    ["9000123456789", "succeeded"],
    ["0001234567899", "succeeded"],
    ["9000222222227", "requires_payment_method"],
  ] as const) {
    const intent = await stripe.paymentIntents.create({ amount: 100, currency: "usd" });
    const { body } = await browserPost(standin, `/v1/payment_intents/${intent.id}/confirm`, {
      client_secret: String(intent.client_secret),
      "payment_method_data[type]": "us_bank_account",
      "payment_method_data[us_bank_account][routing_number]": "110000000",
      "payment_method_data[us_bank_account][account_number]": number,
      "payment_method_data[billing_details][name]": "Olivia",
      "payment_method_options[us_bank_account][verification_method]": "instant",
    });
    expect(body.status).toBe("processing");
    await advance("3m");
    expect((await stripe.paymentIntents.retrieve(intent.id)).status).toBe(status);
  }
});
