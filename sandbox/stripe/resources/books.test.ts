import fc from "fast-check";
import type Stripe from "stripe";
import { afterEach, expect, test } from "vitest";
import { setClockForTests } from "@/lib/clock";
import { chargeOffSession, customerWith, failure, type StandIn, standIn } from "../testing/stand-in";

afterEach(() => setClockForTests(null));

type Step =
  | { do: "pay"; method: number; amount: number }
  | { do: "refund" | "dispute"; of: number; amount: number }
  | { do: "decide"; of: number; outcome: "won" | "lost" }
  | { do: "wait"; hours: number };

const METHODS = [
  "pm_card_visa",
  "pm_card_chargeCustomerFail",
  "pm_card_refundFail",
  "pm_card_pendingRefund",
  "pm_usBankAccount_success",
  "pm_usBankAccount_noAccount",
  "pm_usBankAccount_dispute",
];

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("pay" as const),
      method: fc.nat(METHODS.length - 1),
      amount: fc.integer({ min: 50, max: 99_999_999 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom("refund" as const, "refund" as const, "dispute" as const),
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

/** Carries out a step; what Stripe refuses is part of the game, anything else is not. */
async function perform(
  { stripe, control, advance }: StandIn,
  saved: { customer: string; payment_method: string }[],
  action: Step,
): Promise<void> {
  const pick = <T>(rows: T[], at: number): T | undefined => rows[at % Math.max(1, rows.length)];
  if (action.do === "wait") return advance(`${action.hours}h`);
  if (action.do === "pay") {
    const method = pick(saved, action.method);
    if (method) await chargeOffSession(stripe, method, action.amount).catch(refused);
    return;
  }
  if (action.do === "decide") {
    const dispute = pick((await stripe.disputes.list({ limit: 100 })).data, action.of);
    if (dispute) await control("POST disputes", { dispute: dispute.id, outcome: action.outcome }).catch(refused);
    return;
  }
  const charge = pick((await stripe.charges.list({ limit: 100 })).data, action.of);
  if (!charge) return;
  if (action.do === "refund") await stripe.refunds.create({ charge: charge.id, amount: action.amount }).catch(refused);
  else await control("POST disputes", { charge: charge.id }).catch(refused);
}

function refused(error: Error): void {
  expect(error.message).not.toContain("The stand-in failed");
  expect(error.message).not.toContain(": 500 ");
}

async function everything<T>(list: Stripe.ApiListPromise<T>): Promise<T[]> {
  return list.autoPagingToArray({ limit: 10_000 });
}

test("whatever happens, the books agree with the objects and nothing leaves succeeded", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 15, maxLength: 30 }), async (steps) => {
      setClockForTests("2030-03-04T15:00:00Z");
      const standin = await standIn();
      const { stripe } = standin;
      const saved = await Promise.all(METHODS.map((method) => customerWith(stripe, method)));
      const succeeded = new Set<string>();
      for (const action of steps) {
        await perform(standin, saved, action);
        const intents = await everything(stripe.paymentIntents.list({ limit: 100 }));
        for (const id of succeeded) expect(intents.find((intent) => intent.id === id)?.status).toBe("succeeded");
        for (const intent of intents) if (intent.status === "succeeded") succeeded.add(intent.id);
      }
      await standin.advance("1h");

      const [charges, refunds, disputes, rows] = await Promise.all([
        everything(stripe.charges.list({ limit: 100 })),
        everything(stripe.refunds.list({ limit: 100 })),
        everything(stripe.disputes.list({ limit: 100 })),
        everything(stripe.balanceTransactions.list({ limit: 100 })),
      ]);
      const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);
      const paid = sum(charges.filter((charge) => charge.paid).map((charge) => charge.amount_captured));
      const givenBack = sum(refunds.filter((refund) => refund.status !== "failed").map((refund) => refund.amount));
      const lost = sum(disputes.filter((dispute) => dispute.status !== "won").map((dispute) => dispute.amount));
      expect(sum(rows.map((row) => row.amount))).toBe(paid - givenBack - lost);
      for (const row of rows) {
        expect(row.net).toBe(row.amount - row.fee);
        expect(sum(row.fee_details.map((fee) => fee.amount))).toBe(row.fee);
      }
      for (const charge of charges) {
        expect(charge.amount_refunded).toBe(
          sum(
            refunds
              .filter((refund) => refund.charge === charge.id && refund.status !== "failed")
              .map((refund) => refund.amount),
          ),
        );
        expect(charge.balance_transaction === null).toBe(!charge.paid);
      }
      await standin.close();
    }),
    { numRuns: 15 },
  );
}, 120_000);

test("a refund cannot be more than what is left after others", async () => {
  const { stripe } = await standIn();
  const intent = await chargeOffSession(stripe, await customerWith(stripe, "pm_card_visa"), 1_000);
  const tries = await Promise.allSettled(
    Array.from({ length: 10 }, () => stripe.refunds.create({ payment_intent: intent.id, amount: 300 })),
  );
  expect(tries.filter((result) => result.status === "fulfilled")).toHaveLength(3);
  expect((await failure(stripe.refunds.create({ payment_intent: intent.id, amount: 101 }))).param).toBe("amount");
});
