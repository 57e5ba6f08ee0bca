import { afterEach, beforeEach, expect, test } from "vitest";
import { setClockForTests } from "@/lib/clock";
import { chargeOffSession, customerWith, eventTypes, failure, standIn } from "../../testing/stand-in";

beforeEach(() => setClockForTests("2030-03-04T15:00:00Z"));
afterEach(() => setClockForTests(null));

test("in parts, then the rest, and never more than was paid", async () => {
  const { stripe } = await standIn();
  const intent = await chargeOffSession(stripe, await customerWith(stripe, "pm_card_visa"), 10_000);
  const part = await stripe.refunds.create({
    payment_intent: intent.id,
    amount: 4_000,
    reason: "requested_by_customer",
  });
  expect(part).toMatchObject({
    status: "succeeded",
    amount: 4_000,
    reason: "requested_by_customer",
    payment_intent: intent.id,
  });
  expect((await failure(stripe.refunds.create({ payment_intent: intent.id, amount: 6_001 }))).param).toBe("amount");
  await stripe.refunds.create({ charge: String(intent.latest_charge) });
  const charge = await stripe.charges.retrieve(String(intent.latest_charge), { expand: ["refunds"] });
  expect(charge).toMatchObject({
    amount_refunded: 10_000,
    refunded: true,
    refunds: { data: [{ amount: 6_000 }, { amount: 4_000 }] },
  });
  expect((await failure(stripe.refunds.create({ payment_intent: intent.id }))).code).toBe("charge_already_refunded");
  expect((await stripe.paymentIntents.retrieve(intent.id)).status).toBe("succeeded");
});

test("in a currency whose last digit must be zero a part has one too, and the rest is what it is", async () => {
  const { stripe } = await standIn();
  const intent = await stripe.paymentIntents.create({
    ...(await customerWith(stripe, "pm_card_visa")),
    amount: 5_120,
    currency: "kwd",
    confirm: true,
    automatic_payment_methods: { enabled: true, allow_redirects: "never" },
  });
  const wrong = await failure(stripe.refunds.create({ payment_intent: intent.id, amount: 1_234 }));
  expect(wrong).toMatchObject({ statusCode: 400, param: "amount" });
  await stripe.refunds.create({ payment_intent: intent.id, amount: 1_230 });
  expect((await stripe.refunds.create({ payment_intent: intent.id })).amount).toBe(3_890);
});

test("4000000000007726 is pending first", async () => {
  const { stripe, advance } = await standIn();
  const intent = await chargeOffSession(stripe, await customerWith(stripe, "pm_card_pendingRefund"));
  const refund = await stripe.refunds.create({ payment_intent: intent.id });
  expect(refund.status).toBe("pending");
  await advance("1h");
  expect((await stripe.refunds.retrieve(refund.id)).status).toBe("succeeded");
  expect(await eventTypes(stripe)).toEqual(
    expect.arrayContaining(["refund.created", "charge.refunded", "refund.updated"]),
  );
});

test("4000000000005126 succeeds and fails afterwards: the money is back on the balance", async () => {
  const { stripe, advance } = await standIn();
  const intent = await chargeOffSession(stripe, await customerWith(stripe, "pm_card_refundFail"));
  const refund = await stripe.refunds.create({ payment_intent: intent.id });
  expect(refund.status).toBe("succeeded");
  await advance("1h");
  expect(await stripe.refunds.retrieve(refund.id)).toMatchObject({
    status: "failed",
    failure_reason: "expired_or_canceled_card",
  });
  expect(await stripe.charges.retrieve(String(intent.latest_charge))).toMatchObject({
    amount_refunded: 0,
    refunded: false,
  });
  const transactions = await stripe.balanceTransactions.list({ limit: 100 });
  expect(transactions.data.reduce((sum, row) => sum + row.amount, 0)).toBe(10_000);
  expect(await eventTypes(stripe)).toContain("refund.failed");
});

test("a bank debit is refunded after days, and not before it has succeeded", async () => {
  const { stripe, advance } = await standIn();
  const intent = await chargeOffSession(stripe, await customerWith(stripe, "pm_usBankAccount_success"));
  expect((await failure(stripe.refunds.create({ payment_intent: intent.id }))).statusCode).toBe(400);
  await advance("4d");
  const refund = await stripe.refunds.create({ payment_intent: intent.id });
  expect(refund.status).toBe("pending");
  await advance("1w");
  expect((await stripe.refunds.retrieve(refund.id)).status).toBe("succeeded");
});

test("balance transactions: amount less fee is net, and they become available", async () => {
  const { stripe, advance } = await standIn();
  const intent = await chargeOffSession(stripe, await customerWith(stripe, "pm_card_visa"), 66_885);
  await advance("5s");
  const [row] = (await stripe.balanceTransactions.list({ source: String(intent.latest_charge) })).data;
  expect(row).toMatchObject({
    amount: 66_885,
    fee: 1_970,
    net: 64_915,
    status: "pending",
    reporting_category: "charge",
  });
  await advance("3d");
  expect((await stripe.balanceTransactions.retrieve(String(row?.id))).status).toBe("available");
  const bypass = await chargeOffSession(stripe, await customerWith(stripe, "pm_card_bypassPending"), 1_000);
  await advance("5s");
  expect((await stripe.balanceTransactions.list({ source: String(bypass.latest_charge) })).data[0]?.status).toBe(
    "available",
  );
});
