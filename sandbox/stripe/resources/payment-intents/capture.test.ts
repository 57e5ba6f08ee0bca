import type Stripe from "stripe";
import { afterEach, expect, test } from "vitest";
import { setClockForTests } from "@/lib/clock";
import { customerWith, eventTypes, failure, NO_REDIRECTS, standIn } from "../../testing/stand-in";

afterEach(() => setClockForTests(null));

async function hold(stripe: Stripe, more: Partial<Stripe.PaymentIntentCreateParams> = {}) {
  return stripe.paymentIntents.create({
    amount: 5_000,
    currency: "usd",
    ...(await customerWith(stripe, "pm_card_visa")),
    confirm: true,
    capture_method: "manual",
    automatic_payment_methods: NO_REDIRECTS,
    ...more,
  });
}

const MANY = { payment_method_options: { card: { request_multicapture: "if_available" } } } as const;

test("captured in parts, each with its balance transaction, the rest released", async () => {
  const { stripe } = await standIn();
  const { id } = await hold(stripe, MANY);
  const first = await stripe.paymentIntents.capture(id, { amount_to_capture: 1_000, final_capture: false });
  expect(first).toMatchObject({ status: "requires_capture", amount_capturable: 4_000, amount_received: 1_000 });
  const second = await stripe.paymentIntents.capture(id, { amount_to_capture: 2_500, metadata: { part: "2" } });
  expect(second).toMatchObject({
    status: "succeeded",
    amount_capturable: 0,
    amount_received: 3_500,
    metadata: { part: "2" },
  });
  const charge = await stripe.charges.retrieve(String(second.latest_charge));
  expect(charge).toMatchObject({ captured: true, amount_captured: 3_500, amount_refunded: 1_500, refunded: false });
  const rows = await stripe.balanceTransactions.list({ source: charge.id });
  expect(rows.data.map(({ amount, fee }) => [amount, fee])).toEqual([
    [2_500, 103],
    [1_000, 59],
  ]);
  expect((await failure(stripe.refunds.create({ charge: charge.id, amount: 3_501 }))).code).toBe("amount_too_large");
  expect((await stripe.refunds.create({ charge: charge.id })).amount).toBe(3_500);
  const told = (await eventTypes(stripe)).filter((type) => type.startsWith("payment_intent.amount_capturable"));
  expect(told).toHaveLength(2);
});

test("more than one capture has to be asked for", async () => {
  const { stripe } = await standIn();
  const { id } = await hold(stripe);
  const error = await failure(stripe.paymentIntents.capture(id, { amount_to_capture: 10, final_capture: false }));
  expect(error).toMatchObject({ statusCode: 400, param: "final_capture" });
});

test("a card's own option holds too, and its descriptor is changed by the capture", async () => {
  const { stripe } = await standIn();
  const held = await hold(stripe, {
    capture_method: "automatic",
    payment_method_options: { card: { capture_method: "manual" } },
  });
  expect(held.status).toBe("requires_capture");
  const captured = await stripe.paymentIntents.capture(held.id, { statement_descriptor_suffix: "PART" });
  expect(captured.statement_descriptor_suffix).toBe("PART");
  expect(await stripe.charges.retrieve(String(captured.latest_charge))).toMatchObject({
    statement_descriptor_suffix: "PART",
  });
});

test("a hold that nobody captures is released after seven days", async () => {
  setClockForTests("2030-03-04T15:00:00Z");
  const { stripe, advance } = await standIn();
  const { id, latest_charge } = await hold(stripe);
  const charge = await stripe.charges.retrieve(String(latest_charge));
  expect(charge.payment_method_details?.card?.capture_before).toBe(Date.parse("2030-03-11T15:00:00Z") / 1000);
  await advance("7d");
  expect(await stripe.paymentIntents.retrieve(id)).toMatchObject({
    status: "canceled",
    cancellation_reason: "automatic",
    amount_capturable: 0,
  });
  expect(await eventTypes(stripe)).toEqual(expect.arrayContaining(["charge.expired", "payment_intent.canceled"]));
  expect((await stripe.balanceTransactions.list()).data).toEqual([]);
});

test("currencies whose last digits must be zero", async () => {
  const { stripe } = await standIn();
  for (const [currency, wrong, right] of [
    ["kwd", 5_124, 5_120],
    ["ugx", 100_050, 100_000],
  ] as const) {
    const error = await failure(stripe.paymentIntents.create({ amount: wrong, currency }));
    expect(error).toMatchObject({ statusCode: 400, param: "amount" });
    expect((await stripe.paymentIntents.create({ amount: right, currency })).amount).toBe(right);
  }
});
