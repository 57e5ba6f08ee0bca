import type Stripe from "stripe";
import { afterEach, expect, test } from "vitest";
import { setClockForTests } from "@/lib/clock";
import { chargeOffSession, customerWith, failure, standIn } from "../../testing/stand-in";

afterEach(() => setClockForTests(null));

/** Monday, 15:00 UTC. */
const MONDAY = "2030-03-04T15:00:00Z";

async function payoutEvents(stripe: Stripe): Promise<string[]> {
  const events = await stripe.events.list({ limit: 100, types: ["payout.*", "balance.available"] });
  return events.data.map((event) => event.type).reverse();
}

const amounts = (sums: { amount: number; currency: string }[]) => sums.map(({ amount }) => amount);

test("what was charged becomes available and is paid out, and the payout can be taken apart", async () => {
  setClockForTests(MONDAY);
  const { stripe, advance } = await standIn();
  const saved = await customerWith(stripe, "pm_card_visa");
  await chargeOffSession(stripe, saved, 10_000);
  const refunded = await chargeOffSession(stripe, saved, 5_000);
  await advance("10s");
  await stripe.refunds.create({ payment_intent: refunded.id, amount: 1_000 });
  // 10,000 − 320 + 5,000 − 175 − 1,000
  const net = 13_505;
  const before = await stripe.balance.retrieve();
  expect([amounts(before.available), amounts(before.pending)]).toEqual([[0], [net]]);

  await advance("2d");
  const [payout] = (await stripe.payouts.list()).data;
  expect(payout).toMatchObject({
    amount: net,
    automatic: true,
    created: Date.parse("2030-03-06T00:00:00Z") / 1000,
    reconciliation_status: "completed",
    status: "in_transit",
    arrival_date: Date.parse("2030-03-07T00:00:00Z") / 1000,
  });
  expect(amounts((await stripe.balance.retrieve()).available)).toEqual([0]);
  const rows = await stripe.balanceTransactions.list({ payout: String(payout?.id) });
  expect(rows.data.map(({ type, net }) => [type, net])).toEqual([
    ["payout", -net],
    ["refund", -1_000],
    ["charge", 4_825],
    ["charge", 9_680],
  ]);

  await advance("1d");
  const paid = await stripe.payouts.retrieve(String(payout?.id), { expand: ["destination", "balance_transaction"] });
  expect(paid).toMatchObject({
    status: "paid",
    destination: { object: "bank_account", last4: "6789" },
    balance_transaction: { reporting_category: "payout", amount: -net },
  });
  expect(await payoutEvents(stripe)).toEqual([
    "balance.available",
    "payout.created",
    "payout.updated",
    "payout.reconciliation_completed",
    "payout.paid",
  ]);
});

test("nothing is paid out while the balance is below zero, and it is made up for later", async () => {
  setClockForTests(MONDAY);
  const { stripe, advance, control } = await standIn();
  const saved = await customerWith(stripe, "pm_card_visa");
  const charge = await chargeOffSession(stripe, saved, 1_000);
  await advance("10s");
  await control("POST disputes", { charge: charge.latest_charge });
  await advance("4d");
  expect((await stripe.payouts.list()).data).toEqual([]);
  await chargeOffSession(stripe, saved, 10_000);
  await advance("5d");
  // 1,000 − 59 − 1,000 − 1,500 + 10,000 − 320
  expect((await stripe.payouts.list()).data.map(({ amount }) => amount)).toEqual([8_121]);
});

test("by hand: not more than there is, canceled while it waits, reversed once it arrived", async () => {
  setClockForTests(MONDAY);
  const { stripe, advance, control } = await standIn();
  await control("POST settings", { payouts: "manual" });
  await chargeOffSession(stripe, await customerWith(stripe, "pm_card_bypassPending"), 10_000);
  await advance("10s");
  expect((await failure(stripe.payouts.create({ amount: 9_681, currency: "usd" }))).code).toBe("balance_insufficient");
  const canceled = await stripe.payouts.create({ amount: 5_000, currency: "usd", metadata: { run: "1" } });
  expect(canceled).toMatchObject({ automatic: false, reconciliation_status: "not_applicable", metadata: { run: "1" } });
  expect((await stripe.payouts.cancel(canceled.id)).status).toBe("canceled");
  const kept = await stripe.payouts.create({ amount: 9_680, currency: "usd" });
  expect((await failure(stripe.balanceTransactions.list({ payout: kept.id }))).param).toBe("payout");
  await advance("2h");
  expect((await failure(stripe.payouts.cancel(kept.id))).statusCode).toBe(400);
  await advance("2d");
  expect((await stripe.payouts.list({ status: "paid" })).data.map(({ id }) => id)).toEqual([kept.id]);
  const reversal = await stripe.payouts.reverse(kept.id);
  expect(reversal).toMatchObject({ amount: -9_680, original_payout: kept.id });
  expect(await stripe.payouts.retrieve(kept.id)).toMatchObject({ reversed_by: reversal.id });
  expect(amounts((await stripe.balance.retrieve()).available)).toEqual([9_680]);
});

test("a payout that the bank refuses comes back to the balance", async () => {
  setClockForTests(MONDAY);
  const { stripe, advance, control } = await standIn();
  await chargeOffSession(stripe, await customerWith(stripe, "pm_card_visa"), 10_000);
  await advance("3d");
  const [payout] = (await stripe.payouts.list()).data;
  await control("POST payouts", { payout: payout?.id, outcome: "failed" });
  expect(await stripe.payouts.retrieve(String(payout?.id))).toMatchObject({
    status: "failed",
    failure_code: "account_closed",
  });
  expect(amounts((await stripe.balance.retrieve()).available)).toEqual([9_680]);
  const rows = await stripe.balanceTransactions.list({ type: "payout_failure" });
  expect(rows.data).toMatchObject([{ amount: 9_680, reporting_category: "payout_reversal" }]);
  // The next schedule tries again.
  await advance("1d");
  expect((await stripe.payouts.list()).data.map(({ amount }) => amount)).toEqual([9_680, 9_680]);
});
