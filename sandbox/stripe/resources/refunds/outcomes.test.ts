import type Stripe from "stripe";
import { afterEach, expect, test } from "vitest";
import { setClockForTests } from "@/lib/clock";
import { chargeOffSession, customerWith, eventTypes, failure, standIn } from "../../testing/stand-in";

afterEach(() => setClockForTests(null));

async function charged(stripe: Stripe, method = "pm_card_visa", amount = 5_000): Promise<string> {
  return String((await chargeOffSession(stripe, await customerWith(stripe, method), amount)).latest_charge);
}

test("a refund that asks the customer where to send it can be canceled, and the money stays", async () => {
  const { stripe, control, advance } = await standIn();
  const charge = await charged(stripe, "pm_card_pendingRefund");
  const refund = await stripe.refunds.create({ charge, amount: 2_000 });
  expect(refund).toMatchObject({ status: "pending", pending_reason: "processing" });
  expect((await failure(stripe.refunds.cancel(refund.id))).statusCode).toBe(400);
  await control("POST refunds", { refund: refund.id, outcome: "requires_action" });
  const waiting = await stripe.refunds.retrieve(refund.id);
  expect(waiting).toMatchObject({ status: "requires_action", next_action: { type: "display_details" } });
  expect(waiting.pending_reason).toBeUndefined();
  const canceled = await stripe.refunds.cancel(refund.id);
  expect(canceled).toMatchObject({ status: "canceled" });
  expect(canceled.next_action).toBeUndefined();
  expect(await stripe.charges.retrieve(charge)).toMatchObject({ amount_refunded: 0, refunded: false });
  await advance("1d");
  expect((await stripe.refunds.retrieve(refund.id)).status).toBe("canceled");
  const rows = await stripe.balanceTransactions.list({ source: refund.id });
  expect(rows.data.map(({ amount }) => amount)).toEqual([2_000, -2_000]);
});

test("a refund that fails says why, gives the money back and can be tried again", async () => {
  const { stripe, control } = await standIn();
  const charge = await charged(stripe);
  const { id } = await stripe.refunds.create({ charge });
  await control("POST refunds", { refund: id, outcome: "failed" });
  const failed = await stripe.refunds.retrieve(id, { expand: ["failure_balance_transaction"] });
  expect(failed).toMatchObject({
    status: "failed",
    failure_reason: "expired_or_canceled_card",
    failure_balance_transaction: { amount: 5_000, reporting_category: "refund_failure" },
  });
  expect((await eventTypes(stripe)).slice(-5)).toEqual([
    "refund.created",
    "charge.refunded",
    "refund.failed",
    "refund.updated",
    "charge.refund.updated",
  ]);
  expect((await stripe.refunds.create({ charge })).status).toBe("succeeded");
});

test("parts add up to the whole, and the last of them makes the charge refunded", async () => {
  const { stripe } = await standIn();
  const charge = await charged(stripe);
  for (const [amount, refunded] of [
    [1_000, false],
    [3_000, false],
    [1_000, true],
  ] as const) {
    await stripe.refunds.create({ charge, amount });
    expect((await stripe.charges.retrieve(charge)).refunded).toBe(refunded);
  }
  expect((await failure(stripe.refunds.create({ charge }))).code).toBe("charge_already_refunded");
  expect((await stripe.refunds.list({ charge })).data).toHaveLength(3);
});

test("who says fraud, says it of the charge", async () => {
  const { stripe } = await standIn();
  const charge = await charged(stripe);
  await stripe.refunds.create({ charge, reason: "fraudulent" });
  expect((await stripe.charges.retrieve(charge)).fraud_details).toEqual({ user_report: "fraudulent" });
});

test("money that a bank has taken back cannot be given back once more; an inquiry ends with a refund", async () => {
  const { stripe, control } = await standIn();
  const disputed = await charged(stripe);
  const { id } = await control<Stripe.Dispute>("POST disputes", { charge: disputed });
  expect((await failure(stripe.refunds.create({ charge: disputed }))).code).toBe("charge_disputed");
  await control("POST disputes", { dispute: id, outcome: "won" });
  expect((await stripe.refunds.create({ charge: disputed })).status).toBe("succeeded");

  const asked = await charged(stripe);
  const inquiry = await control<Stripe.Dispute>("POST disputes", { charge: asked, kind: "inquiry" });
  expect(inquiry).toMatchObject({ is_charge_refundable: true, balance_transactions: [] });
  await stripe.refunds.create({ charge: asked, amount: 1_000 });
  expect((await stripe.disputes.retrieve(inquiry.id)).status).toBe("warning_needs_response");
  await stripe.refunds.create({ charge: asked });
  expect((await stripe.disputes.retrieve(inquiry.id)).status).toBe("warning_closed");
});
