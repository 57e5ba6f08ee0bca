import { afterEach, beforeEach, expect, test } from "vitest";
import { setClockForTests } from "@/lib/clock";
import { chargeOffSession, customerWith, eventTypes, failure, NO_REDIRECTS, standIn } from "../../testing/stand-in";

// A Monday, so that four business days are Friday and five are the Monday after.
beforeEach(() => setClockForTests("2030-03-04T15:00:00Z"));
afterEach(() => setClockForTests(null));

test("a debit is processing for four business days, then succeeds with the ACH fee", async () => {
  const { stripe, advance } = await standIn();
  const saved = await customerWith(stripe, "pm_usBankAccount_success");
  const intent = await chargeOffSession(stripe, saved, 50_000);
  expect(intent).toMatchObject({ status: "processing", amount_received: 0 });
  expect(await stripe.charges.retrieve(String(intent.latest_charge))).toMatchObject({
    status: "pending",
    paid: false,
    balance_transaction: null,
  });

  await advance("3d");
  expect((await stripe.paymentIntents.retrieve(intent.id)).status).toBe("processing");
  await advance("1d");
  const done = await stripe.paymentIntents.retrieve(intent.id, { expand: ["latest_charge.balance_transaction"] });
  expect(done).toMatchObject({ status: "succeeded", amount_received: 50_000 });
  expect(done.latest_charge).toMatchObject({
    status: "succeeded",
    paid: true,
    balance_transaction: { fee: 400, net: 49_600, type: "payment" },
  });
  expect(await eventTypes(stripe)).toEqual(
    expect.arrayContaining([
      "payment_intent.processing",
      "charge.pending",
      "charge.succeeded",
      "payment_intent.succeeded",
    ]),
  );
});

test("the fee of a debit is at most five dollars", async () => {
  const { stripe, advance } = await standIn();
  const intent = await chargeOffSession(stripe, await customerWith(stripe, "pm_usBankAccount_success"), 500_000);
  await advance("1w");
  const done = await stripe.paymentIntents.retrieve(intent.id, { expand: ["latest_charge.balance_transaction"] });
  expect(done.latest_charge).toMatchObject({ balance_transaction: { fee: 500 } });
});

test.each([
  ["pm_usBankAccount_accountClosed", "account_closed", "inactive"],
  ["pm_usBankAccount_noAccount", "no_account", "inactive"],
  ["pm_usBankAccount_insufficientFunds", "insufficient_funds", "active"],
  ["pm_usBankAccount_debitNotAuthorized", "debit_not_authorized", "inactive"],
])("%s fails days later with %s", async (literal, code, mandateStatus) => {
  const { stripe, advance } = await standIn();
  const saved = await customerWith(stripe, literal);
  const intent = await chargeOffSession(stripe, saved);
  expect(intent.status).toBe("processing");
  await advance("4d");
  const failed = await stripe.paymentIntents.retrieve(intent.id, { expand: ["latest_charge"] });
  expect(failed).toMatchObject({
    status: "requires_payment_method",
    payment_method: null,
    last_payment_error: { code, payment_method: { id: saved.payment_method } },
  });
  expect(failed.latest_charge).toMatchObject({ status: "failed", failure_code: code, balance_transaction: null });
  const [setUp] = (await stripe.setupIntents.list({ customer: saved.customer })).data;
  expect((await stripe.mandates.retrieve(String(setUp?.mandate))).status).toBe(mandateStatus);
  if (mandateStatus === "inactive") {
    expect((await failure(chargeOffSession(stripe, saved))).code).toBe("payment_method_bank_account_blocked");
  }
});

test("high risk and the weekly limit are refused at once", async () => {
  const { stripe } = await standIn();
  const risky = await failure(
    chargeOffSession(stripe, await customerWith(stripe, "pm_usBankAccount_riskLevelHighest")),
  );
  expect(risky).toMatchObject({ type: "StripeCardError", statusCode: 402 });
  const limited = await failure(
    chargeOffSession(stripe, await customerWith(stripe, "pm_usBankAccount_weeklyLimitExceeded")),
  );
  expect(limited.code).toBe("charge_exceeds_source_limit");
});

test("000000000009 is processing for ever", async () => {
  const { stripe, advance } = await standIn();
  const intent = await chargeOffSession(stripe, await customerWith(stripe, "pm_usBankAccount_processing"));
  await advance("8w");
  expect((await stripe.paymentIntents.retrieve(intent.id)).status).toBe("processing");
});

test("000555555559 succeeds and is returned afterwards, as a dispute that is lost at once", async () => {
  const { stripe, advance } = await standIn();
  const intent = await chargeOffSession(stripe, await customerWith(stripe, "pm_usBankAccount_dispute"), 20_000);
  await advance("4d");
  expect((await stripe.paymentIntents.retrieve(intent.id)).status).toBe("succeeded");
  expect((await stripe.disputes.list({ payment_intent: intent.id })).data).toEqual([]);
  await advance("3d");
  const [dispute] = (await stripe.disputes.list({ payment_intent: intent.id })).data;
  expect(dispute).toMatchObject({ status: "lost", amount: 20_000, balance_transactions: [{ amount: -20_000 }] });
  expect((await stripe.charges.retrieve(String(intent.latest_charge))).disputed).toBe(true);
  expect((await eventTypes(stripe)).slice(-3)).toEqual([
    "charge.dispute.created",
    "charge.dispute.funds_withdrawn",
    "charge.dispute.closed",
  ]);
});

test("a bank account is saved only with a mandate", async () => {
  const { stripe } = await standIn();
  const customer = await stripe.customers.create({});
  const error = await failure(
    stripe.setupIntents.create({
      customer: customer.id,
      payment_method: "pm_usBankAccount_success",
      confirm: true,
      automatic_payment_methods: NO_REDIRECTS,
    }),
  );
  expect(error).toMatchObject({ statusCode: 400, param: "mandate_data" });
  const direct = await failure(stripe.paymentMethods.attach("pm_usBankAccount_success", { customer: customer.id }));
  expect(direct).toMatchObject({ type: "StripeInvalidRequestError", statusCode: 400 });
});

test("bank accounts pay in dollars only", async () => {
  const { stripe } = await standIn();
  const saved = await customerWith(stripe, "pm_usBankAccount_success");
  const error = await failure(
    stripe.paymentIntents.create({
      amount: 900,
      currency: "eur",
      ...saved,
      confirm: true,
      automatic_payment_methods: NO_REDIRECTS,
    }),
  );
  expect(error.code).toBe("payment_intent_incompatible_payment_method");
});
