import { describe, expect, test } from "vitest";
import { chargeOffSession, customerWith, failure, NO_REDIRECTS, standIn } from "../testing/stand-in";
import { passesLuhn, TEST_CARDS } from "./test-cards";

test("every test number has a valid check digit", () => {
  for (const { number } of TEST_CARDS) expect(passesLuhn(number), number).toBe(true);
});

describe("cards that can neither be saved nor charged", () => {
  test.each([
    ["pm_card_chargeDeclined", "card_declined", "generic_decline", "try_again_later"],
    ["pm_card_visa_chargeDeclined", "card_declined", "generic_decline", "try_again_later"],
    ["pm_card_visa_chargeDeclinedInsufficientFunds", "card_declined", "insufficient_funds", "try_again_later"],
    ["pm_card_visa_chargeDeclinedLostCard", "card_declined", "lost_card", "do_not_try_again"],
    ["pm_card_visa_chargeDeclinedStolenCard", "card_declined", "stolen_card", "do_not_try_again"],
    ["pm_card_chargeDeclinedExpiredCard", "expired_card", undefined, "confirm_card_data"],
    ["pm_card_chargeDeclinedIncorrectCvc", "incorrect_cvc", undefined, "confirm_card_data"],
    ["pm_card_chargeDeclinedProcessingError", "processing_error", undefined, "try_again_later"],
    ["pm_card_visa_chargeDeclinedVelocityLimitExceeded", "card_declined", "card_velocity_exceeded", "try_again_later"],
  ])("%s: %s %s", async (literal, code, declineCode, adviceCode) => {
    const { stripe } = await standIn();
    const customer = await stripe.customers.create({});
    const attached = await failure(stripe.paymentMethods.attach(literal, { customer: customer.id }));
    expect(attached).toMatchObject({ type: "StripeCardError", statusCode: 402, code });
    expect((await stripe.paymentMethods.list({ customer: customer.id })).data).toEqual([]);

    const setUp = await failure(
      stripe.setupIntents.create({
        customer: customer.id,
        payment_method: literal,
        confirm: true,
        automatic_payment_methods: NO_REDIRECTS,
      }),
    );
    expect(setUp).toMatchObject({ type: "StripeCardError", code });
    expect(setUp.setup_intent).toMatchObject({
      status: "requires_payment_method",
      last_setup_error: { code },
      payment_method: null,
    });

    const charged = await failure(
      stripe.paymentIntents.create({
        amount: 2000,
        currency: "usd",
        payment_method: literal,
        confirm: true,
        automatic_payment_methods: NO_REDIRECTS,
      }),
    );
    expect(charged).toMatchObject({ type: "StripeCardError", statusCode: 402, code });
    expect(charged.decline_code || undefined).toBe(declineCode);
    expect(charged.payment_intent).toMatchObject({
      status: "requires_payment_method",
      payment_method: null,
      last_payment_error: { code, advice_code: adviceCode },
    });
    const charge = await stripe.charges.retrieve(String(charged.charge));
    expect(charge).toMatchObject({
      status: "failed",
      paid: false,
      failure_code: code,
      outcome: { type: "issuer_declined", advice_code: adviceCode },
    });
  });
});

test("4000000000000341 can be saved, but every charge fails, and the intent says why", async () => {
  const { stripe } = await standIn();
  const saved = await customerWith(stripe, "pm_card_chargeCustomerFail");
  const error = await failure(chargeOffSession(stripe, saved));
  expect(error).toMatchObject({ type: "StripeCardError", code: "card_declined", decline_code: "generic_decline" });
  expect(error.payment_intent?.last_payment_error?.payment_method?.id).toBe(saved.payment_method);
  expect((await stripe.paymentMethods.list({ customer: saved.customer })).data).toHaveLength(1);
});

test("a blocked payment never reaches the bank, an elevated one is put up for review", async () => {
  const { stripe } = await standIn();
  const blocked = await failure(chargeOffSession(stripe, await customerWith(stripe, "pm_card_radarBlock")));
  const charge = await stripe.charges.retrieve(String(blocked.charge));
  expect(charge.outcome).toMatchObject({
    type: "blocked",
    network_status: "not_sent_to_network",
    risk_level: "highest",
  });
  const elevated = await chargeOffSession(stripe, await customerWith(stripe, "pm_card_riskLevelElevated"));
  const reviewed = await stripe.charges.retrieve(String(elevated.latest_charge));
  expect([elevated.status, reviewed.outcome?.type]).toEqual(["succeeded", "manual_review"]);
});

test("a literal mints a new method each time, with the same fingerprint for the same number", async () => {
  const { stripe } = await standIn();
  const first = await customerWith(stripe, "pm_card_visa");
  const second = await customerWith(stripe, "pm_card_visa");
  const other = await customerWith(stripe, "pm_card_mastercard");
  const [a, b, c] = await Promise.all(
    [first, second, other].map(({ payment_method }) => stripe.paymentMethods.retrieve(payment_method)),
  );
  expect(a?.id).not.toBe(b?.id);
  expect(a?.card?.fingerprint).toBe(b?.card?.fingerprint);
  expect(a?.card?.fingerprint).not.toBe(c?.card?.fingerprint);
  expect(c?.card).toMatchObject({ brand: "mastercard", last4: "4444" });
});

test("a detached method cannot be used again, nor one that was used once for nobody", async () => {
  const { stripe } = await standIn();
  const saved = await customerWith(stripe, "pm_card_visa");
  await stripe.paymentMethods.detach(saved.payment_method);
  expect(
    (await failure(stripe.paymentMethods.attach(saved.payment_method, { customer: saved.customer }))).message,
  ).toContain("may not be used again");
  const once = await stripe.paymentIntents.create({
    amount: 500,
    currency: "usd",
    payment_method: "pm_card_visa",
    confirm: true,
    automatic_payment_methods: NO_REDIRECTS,
  });
  const again = stripe.paymentIntents.create({
    amount: 500,
    currency: "usd",
    payment_method: String(once.payment_method),
    confirm: true,
    automatic_payment_methods: NO_REDIRECTS,
  });
  expect((await failure(again)).message).toContain("may not be used again");
});
