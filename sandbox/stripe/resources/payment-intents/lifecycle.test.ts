import { expect, test } from "vitest";
import { customerWith, eventTypes, failure, NO_REDIRECTS, standIn } from "../../testing/stand-in";

test("created, updated, given a method and confirmed in steps", async () => {
  const { stripe } = await standIn();
  const intent = await stripe.paymentIntents.create({ amount: 1_000, currency: "USD" });
  expect(intent).toMatchObject({
    status: "requires_payment_method",
    currency: "usd",
    capture_method: "automatic_async",
    automatic_payment_methods: { enabled: true, allow_redirects: "always" },
  });
  expect((await failure(stripe.paymentIntents.confirm(intent.id, { return_url: "http://app.test/" }))).code).toBe(
    "payment_intent_unexpected_state",
  );
  await stripe.paymentIntents.update(intent.id, { amount: 1_200, metadata: { step: "2" } });
  const ready = await stripe.paymentIntents.update(intent.id, { payment_method: "pm_card_visa" });
  expect(ready.status).toBe("requires_confirmation");
  const done = await stripe.paymentIntents.confirm(intent.id, { return_url: "http://app.test/" });
  expect(done).toMatchObject({ status: "succeeded", amount_received: 1_200, metadata: { step: "2" } });
  expect(await eventTypes(stripe)).toEqual(["payment_intent.created", "charge.succeeded", "payment_intent.succeeded"]);
});

test("held and captured in part", async () => {
  const { stripe } = await standIn();
  const saved = await customerWith(stripe, "pm_card_visa");
  const held = await stripe.paymentIntents.create({
    amount: 5_000,
    currency: "usd",
    ...saved,
    confirm: true,
    capture_method: "manual",
    automatic_payment_methods: NO_REDIRECTS,
  });
  expect(held).toMatchObject({ status: "requires_capture", amount_capturable: 5_000, amount_received: 0 });
  expect((await failure(stripe.paymentIntents.capture(held.id, { amount_to_capture: 5_001 }))).param).toBe(
    "amount_to_capture",
  );
  const captured = await stripe.paymentIntents.capture(held.id, { amount_to_capture: 3_000 });
  expect(captured).toMatchObject({ status: "succeeded", amount_capturable: 0, amount_received: 3_000 });
  const charge = await stripe.charges.retrieve(String(held.latest_charge), { expand: ["balance_transaction"] });
  expect(charge).toMatchObject({
    captured: true,
    amount_captured: 3_000,
    amount_refunded: 2_000,
    balance_transaction: { amount: 3_000, fee: 117 },
  });
});

test("canceled before and after a hold", async () => {
  const { stripe } = await standIn();
  const plain = await stripe.paymentIntents.create({ amount: 900, currency: "usd" });
  expect(await stripe.paymentIntents.cancel(plain.id, { cancellation_reason: "duplicate" })).toMatchObject({
    status: "canceled",
    cancellation_reason: "duplicate",
  });
  const saved = await customerWith(stripe, "pm_card_visa");
  const held = await stripe.paymentIntents.create({
    amount: 900,
    currency: "usd",
    ...saved,
    confirm: true,
    capture_method: "manual",
    automatic_payment_methods: NO_REDIRECTS,
  });
  await stripe.paymentIntents.cancel(held.id);
  expect(await stripe.charges.retrieve(String(held.latest_charge))).toMatchObject({
    captured: false,
    refunded: true,
    amount_refunded: 900,
  });
  expect((await stripe.balanceTransactions.list()).data).toEqual([]);
});

test("setup_future_usage keeps the card and spares it the question later", async () => {
  const { stripe } = await standIn();
  const customer = await stripe.customers.create({});
  const intent = await stripe.paymentIntents.create({
    amount: 900,
    currency: "usd",
    customer: customer.id,
    payment_method: "pm_card_visa",
    setup_future_usage: "off_session",
    confirm: true,
    automatic_payment_methods: NO_REDIRECTS,
  });
  const [kept] = (await stripe.paymentMethods.list({ customer: customer.id })).data;
  expect(kept?.id).toBe(intent.payment_method);
});

test("excluded types are not offered", async () => {
  const { stripe } = await standIn();
  const intent = await stripe.paymentIntents.create({
    amount: 900,
    currency: "usd",
    excluded_payment_method_types: ["us_bank_account"],
  });
  expect(intent.payment_method_types).toEqual(["card"]);
  expect(
    (
      await failure(
        stripe.paymentIntents.create({ amount: 900, currency: "usd", allowed_payment_method_types: ["klarna"] }),
      )
    ).code,
  ).toBe("standin_unsupported");
});
