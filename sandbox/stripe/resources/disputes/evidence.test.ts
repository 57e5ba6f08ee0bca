import type Stripe from "stripe";
import { afterEach, expect, test } from "vitest";
import { setClockForTests } from "@/lib/clock";
import { chargeOffSession, customerWith, eventTypes, failure, standIn } from "../../testing/stand-in";

afterEach(() => setClockForTests(null));

async function disputed(kind: "fraudulent" | "inquiry" = "fraudulent") {
  setClockForTests("2030-03-04T15:00:00Z");
  const standin = await standIn();
  const intent = await chargeOffSession(standin.stripe, await customerWith(standin.stripe, "pm_card_visa"), 5_000);
  await standin.advance("10s");
  const dispute = await standin.control<Stripe.Dispute>("POST disputes", { charge: intent.latest_charge, kind });
  return { ...standin, dispute };
}

async function balanceMinor(stripe: Stripe): Promise<number> {
  const { available, pending } = await stripe.balance.retrieve();
  return [...available, ...pending].reduce((sum, { amount }) => sum + amount, 0);
}

test("evidence is staged as often as one likes, sent once, and decides", async () => {
  const { stripe, dispute } = await disputed();
  await stripe.disputes.update(dispute.id, { evidence: { customer_name: "Olivia" }, submit: false });
  const staged = await stripe.disputes.update(dispute.id, {
    evidence: { uncategorized_text: "winning_evidence" },
    submit: false,
  });
  expect(staged).toMatchObject({
    status: "needs_response",
    evidence: { customer_name: "Olivia" },
    evidence_details: { has_evidence: true, submission_count: 0 },
  });
  const won = await stripe.disputes.update(dispute.id, { submit: true });
  expect(won).toMatchObject({ status: "won", evidence_details: { submission_count: 1, submission_method: "manual" } });
  // The amount is back, the fee is not: 5,000 − 175 − 1,500.
  expect(await balanceMinor(stripe)).toBe(3_325);
  expect((await eventTypes(stripe)).filter((type) => type.startsWith("charge.dispute"))).toEqual([
    "charge.dispute.created",
    "charge.dispute.funds_withdrawn",
    "charge.dispute.updated",
    "charge.dispute.updated",
    "charge.dispute.updated",
    "charge.dispute.funds_reinstated",
    "charge.dispute.closed",
  ]);
  expect((await failure(stripe.disputes.update(dispute.id, { submit: true }))).message).toContain("already closed");
});

test("other words leave it under review, and a second answer is refused", async () => {
  const { stripe, dispute } = await disputed();
  const sent = await stripe.disputes.update(dispute.id, { evidence: { uncategorized_text: "We sent it." } });
  expect(sent.status).toBe("under_review");
  const again = await failure(stripe.disputes.update(dispute.id, { evidence: { customer_name: "Olivia" } }));
  expect(again).toMatchObject({ statusCode: 400, param: "evidence" });
  expect((await stripe.disputes.update(dispute.id, { metadata: { case: "7" } })).metadata).toEqual({ case: "7" });
  expect((await stripe.disputes.close(dispute.id)).status).toBe("lost");
});

test("an inquiry takes no money until the bank insists, and then there is time again", async () => {
  const { stripe, dispute, advance } = await disputed("inquiry");
  expect(await balanceMinor(stripe)).toBe(4_825);
  await advance("5d");
  const escalated = await stripe.disputes.update(dispute.id, {
    evidence: { uncategorized_text: "escalate_inquiry_evidence" },
  });
  expect(escalated).toMatchObject({
    status: "needs_response",
    is_charge_refundable: false,
    payment_method_details: { card: { case_type: "chargeback" } },
  });
  expect(escalated.evidence_details.due_by).toBe((dispute.evidence_details.due_by ?? 0) + 5 * 86_400);
  await advance("5d");
  expect((await stripe.disputes.retrieve(dispute.id)).status).toBe("needs_response");
  await advance("5d");
  expect(await stripe.disputes.retrieve(dispute.id)).toMatchObject({
    status: "lost",
    evidence_details: { past_due: true },
  });
});

test("an inquiry that nobody answers is closed, and costs nothing", async () => {
  const { stripe, dispute, advance } = await disputed("inquiry");
  await advance("10d");
  expect((await stripe.disputes.retrieve(dispute.id)).status).toBe("warning_closed");
});
