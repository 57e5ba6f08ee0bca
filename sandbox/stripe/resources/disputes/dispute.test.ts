import { afterEach, beforeEach, expect, test } from "vitest";
import { setClockForTests } from "@/lib/clock";
import { chargeOffSession, customerWith, eventTypes, failure, type StandIn, standIn } from "../../testing/stand-in";

beforeEach(() => setClockForTests("2030-03-04T15:00:00Z"));
afterEach(() => setClockForTests(null));

async function disputed(standin: StandIn) {
  const intent = await chargeOffSession(
    standin.stripe,
    await customerWith(standin.stripe, "pm_card_createDispute"),
    20_000,
  );
  await standin.advance("1m");
  const [dispute] = (await standin.stripe.disputes.list({ payment_intent: intent.id })).data;
  if (!dispute) throw new Error("no dispute was opened");
  return { intent, dispute };
}

test("4000000000000259 is disputed shortly after the charge, and the money is withdrawn with a fee", async () => {
  const standin = await standIn();
  const { dispute, intent } = await disputed(standin);
  expect(dispute).toMatchObject({
    status: "needs_response",
    reason: "fraudulent",
    amount: 20_000,
    balance_transactions: [{ amount: -20_000, fee: 1_500, net: -21_500 }],
  });
  expect((await standin.stripe.charges.retrieve(String(intent.latest_charge))).disputed).toBe(true);
  expect((await failure(standin.stripe.refunds.create({ payment_intent: intent.id }))).code).toBe("charge_disputed");
});

test.each([
  ["winning_evidence", "won", "charge.dispute.funds_reinstated"],
  ["losing_evidence", "lost", "charge.dispute.closed"],
])("%s is %s", async (text, status, event) => {
  const standin = await standIn();
  const { dispute } = await disputed(standin);
  const decided = await standin.stripe.disputes.update(dispute.id, { evidence: { uncategorized_text: text } });
  expect(decided).toMatchObject({ status, evidence_details: { has_evidence: true, submission_count: 1 } });
  expect(decided.balance_transactions.reduce((sum, row) => sum + row.amount, 0)).toBe(status === "won" ? 0 : -20_000);
  expect(await eventTypes(standin.stripe)).toContain(event);
});

test("other evidence stays under review until somebody decides", async () => {
  const standin = await standIn();
  const { dispute } = await disputed(standin);
  expect(
    (await standin.stripe.disputes.update(dispute.id, { evidence: { product_description: "Credits" } })).status,
  ).toBe("under_review");
  await standin.control("POST disputes", { dispute: dispute.id, outcome: "won" });
  expect((await standin.stripe.disputes.retrieve(dispute.id)).status).toBe("won");
  expect((await failure(standin.stripe.disputes.close(dispute.id))).statusCode).toBe(400);
});

test("closing it, or letting the time run out, loses it", async () => {
  const standin = await standIn();
  const closed = await disputed(standin);
  expect((await standin.stripe.disputes.close(closed.dispute.id)).status).toBe("lost");
  const forgotten = await disputed(standin);
  await standin.advance("2w");
  expect(await standin.stripe.disputes.retrieve(forgotten.dispute.id)).toMatchObject({
    status: "lost",
    evidence_details: { past_due: true },
  });
});

test("an inquiry takes no money", async () => {
  const { stripe, advance } = await standIn();
  const intent = await chargeOffSession(stripe, await customerWith(stripe, "pm_card_createDisputeInquiry"));
  await advance("1m");
  const [dispute] = (await stripe.disputes.list({ charge: String(intent.latest_charge) })).data;
  expect(dispute).toMatchObject({
    status: "warning_needs_response",
    balance_transactions: [],
    is_charge_refundable: true,
  });
});

test("any charge can be disputed for rehearsal, once", async () => {
  const { stripe, control } = await standIn();
  const intent = await chargeOffSession(stripe, await customerWith(stripe, "pm_card_visa"));
  const dispute = await control<{ id: string; status: string }>("POST disputes", { charge: intent.latest_charge });
  expect(dispute.status).toBe("needs_response");
  await expect(control("POST disputes", { charge: intent.latest_charge })).rejects.toThrow("charge_disputed");
});
