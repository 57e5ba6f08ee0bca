import fc from "fast-check";
import Stripe from "stripe";
import { afterEach, expect, test } from "vitest";
import { setClockForTests } from "@/lib/clock";
import { chargeOffSession, customerWith, failure, NO_REDIRECTS, type StandIn, standIn } from "../testing/stand-in";

afterEach(() => setClockForTests(null));

type Step =
  | { do: "pay" | "hold"; method: number; amount: number }
  | { do: "refund" | "dispute" | "capture" | "cancel" | "confirm"; of: number; amount: number }
  | { do: "decide"; of: number; outcome: "won" | "lost" }
  | { do: "wait"; hours: number };

const METHODS = [
  "pm_card_visa",
  "pm_card_chargeCustomerFail",
  "pm_card_refundFail",
  "pm_card_pendingRefund",
  "pm_card_createDisputeInquiry",
  "pm_usBankAccount_success",
  "pm_usBankAccount_noAccount",
  "pm_usBankAccount_dispute",
];

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom("pay" as const, "pay" as const, "hold" as const),
      method: fc.nat(METHODS.length - 1),
      amount: fc.integer({ min: 50, max: 99_999_999 }),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constantFrom(
        "refund" as const,
        "refund" as const,
        "dispute" as const,
        "capture" as const,
        "cancel" as const,
        "confirm" as const,
      ),
      of: fc.nat(6),
      amount: fc.integer({ min: 1, max: 50_000 }),
    }),
  },
  fc.record({
    do: fc.constant("decide" as const),
    of: fc.nat(20),
    outcome: fc.constantFrom("won" as const, "lost" as const),
  }),
  fc.record({ do: fc.constant("wait" as const), hours: fc.integer({ min: 1, max: 100 }) }),
);

type Saved = { customer: string; payment_method: string }[];

function pick<T>(rows: T[], at: number): T | undefined {
  return rows[at % Math.max(1, rows.length)];
}

/** What a call comes to, refusals included; a mistake of the stand-in's own is not an outcome. */
async function outcomeOf(call: Promise<unknown>): Promise<string> {
  try {
    return JSON.stringify(await call);
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeError)) throw error;
    expect(error.message).not.toContain("The stand-in failed");
    return JSON.stringify([error.statusCode, error.type, error.code, error.message]);
  }
}

/** The call of a step, which may be made again under the same key. */
async function callOf(
  { stripe }: StandIn,
  saved: Saved,
  action: Step,
): Promise<((options: Stripe.RequestOptions) => Promise<unknown>) | null> {
  if (action.do === "pay" || action.do === "hold") {
    const method = pick(saved, action.method);
    if (!method) return null;
    if (action.do === "pay") return (options) => chargeOffSession(stripe, method, action.amount, options);
    const held = {
      amount: action.amount,
      currency: "usd",
      ...method,
      confirm: true,
      capture_method: "manual" as const,
    };
    return (options) => stripe.paymentIntents.create({ ...held, automatic_payment_methods: NO_REDIRECTS }, options);
  }
  if (action.do === "capture" || action.do === "cancel" || action.do === "confirm") {
    const intent = pick((await stripe.paymentIntents.list({ limit: 100 })).data, action.of);
    if (!intent) return null;
    if (action.do === "cancel") return (options) => stripe.paymentIntents.cancel(intent.id, {}, options);
    if (action.do === "confirm")
      return (options) => stripe.paymentIntents.confirm(intent.id, { payment_method: "pm_card_visa" }, options);
    return (options) => stripe.paymentIntents.capture(intent.id, { amount_to_capture: action.amount }, options);
  }
  if (action.do !== "refund") return null;
  const charge = pick((await stripe.charges.list({ limit: 100 })).data, action.of);
  return charge ? (options) => stripe.refunds.create({ charge: charge.id, amount: action.amount }, options) : null;
}

/** Carries out a step, and what has an idempotency key twice: the second time must say the same and change nothing. */
async function perform(standin: StandIn, saved: Saved, action: Step, turn: number): Promise<void> {
  const { stripe, control, advance } = standin;
  if (action.do === "wait") return advance(`${action.hours}h`);
  if (action.do === "decide") {
    const dispute = pick((await stripe.disputes.list({ limit: 100 })).data, action.of);
    if (dispute) await control("POST disputes", { dispute: dispute.id, outcome: action.outcome }).catch(refused);
    return;
  }
  if (action.do === "dispute") {
    const charge = pick((await stripe.charges.list({ limit: 100 })).data, action.of);
    if (charge) await control("POST disputes", { charge: charge.id }).catch(refused);
    return;
  }
  const call = await callOf(standin, saved, action);
  if (!call) return;
  const idempotencyKey = `step-${turn}`;
  const first = await outcomeOf(call({ idempotencyKey }));
  expect(await outcomeOf(call({ idempotencyKey }))).toBe(first);
}

function refused(error: Error): void {
  expect(error.message).not.toContain("The stand-in failed");
  expect(error.message).not.toContain(": 500 ");
}

async function everything<T>(list: Stripe.ApiListPromise<T>): Promise<T[]> {
  return list.autoPagingToArray({ limit: 10_000 });
}

const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);

async function checkBooks({ stripe }: StandIn): Promise<void> {
  const [charges, refunds, disputes, rows, balance] = await Promise.all([
    everything(stripe.charges.list({ limit: 100 })),
    everything(stripe.refunds.list({ limit: 100 })),
    everything(stripe.disputes.list({ limit: 100 })),
    everything(stripe.balanceTransactions.list({ limit: 100 })),
    stripe.balance.retrieve(),
  ]);
  const paid = sum(charges.filter((charge) => charge.paid).map((charge) => charge.amount_captured));
  const kept = refunds.filter((refund) => refund.status !== "failed" && refund.status !== "canceled");
  const taken = disputes.filter((dispute) => dispute.status !== "won" && dispute.balance_transactions.length > 0);
  const moved = rows.filter((row) => row.reporting_category !== "payout");
  expect(sum(moved.map((row) => row.amount))).toBe(
    paid - sum(kept.map((refund) => refund.amount)) - sum(taken.map((dispute) => dispute.amount)),
  );
  const inBalance = [...balance.available, ...balance.pending].map(({ amount }) => amount);
  expect(sum(inBalance)).toBe(sum(rows.map((row) => row.net)));
  for (const row of rows) {
    expect(row.net).toBe(row.amount - row.fee);
    expect(sum(row.fee_details.map((fee) => fee.amount))).toBe(row.fee);
  }
  for (const charge of charges.filter(({ captured, paid }) => captured && paid)) {
    const back = kept.filter((refund) => refund.charge === charge.id).map((refund) => refund.amount);
    expect(charge.amount_refunded).toBe(charge.amount - charge.amount_captured + sum(back));
    expect(sum(back)).toBeLessThanOrEqual(charge.amount_captured);
  }
}

test("whatever happens, the books agree with the objects, nothing leaves succeeded, and what is repeated says the same", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 15, maxLength: 25 }), async (steps) => {
      setClockForTests("2030-03-04T15:00:00Z");
      const standin = await standIn();
      const saved = await Promise.all(METHODS.map((method) => customerWith(standin.stripe, method)));
      const ended = new Map<string, string>();
      for (const [turn, action] of steps.entries()) {
        await perform(standin, saved, action, turn);
        const intents = await everything(standin.stripe.paymentIntents.list({ limit: 100 }));
        for (const [id, status] of ended) expect(intents.find((intent) => intent.id === id)?.status).toBe(status);
        for (const { id, status } of intents)
          if (status === "succeeded" || status === "canceled") ended.set(id, status);
      }
      await standin.advance("1h");
      await checkBooks(standin);
      await standin.close();
    }),
    { numRuns: 12 },
  );
}, 240_000);

test("a refund cannot be more than what is left after others", async () => {
  const { stripe } = await standIn();
  const intent = await chargeOffSession(stripe, await customerWith(stripe, "pm_card_visa"), 1_000);
  const tries = await Promise.allSettled(
    Array.from({ length: 10 }, () => stripe.refunds.create({ payment_intent: intent.id, amount: 300 })),
  );
  expect(tries.filter((result) => result.status === "fulfilled")).toHaveLength(3);
  expect((await failure(stripe.refunds.create({ payment_intent: intent.id, amount: 101 }))).param).toBe("amount");
});
