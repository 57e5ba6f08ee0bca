import { z } from "zod";
import { ATTEMPT_STATES, TRIGGERS } from "@/db/schema/recharge";
import { invariant } from "@/lib/errors";
import type { AttemptId } from "@/lib/ids";
import { getAttempt, listAttempts } from "@/lib/recharge/queries";
import { topUp } from "@/lib/recharge/top-up";
import type { Attempt } from "@/lib/recharge/types";
import { endpoint } from "../endpoint";
import { listOut, pageQuery, presentPage, toPageRequest } from "../lists";
import { currencyOut, money, moneyOut, time, timeOut } from "../money";

const attemptOut = z.object({
  id: z.uuid(),
  state: z.enum(ATTEMPT_STATES),
  trigger: z.enum(TRIGGERS),
  currency: currencyOut,
  amount: moneyOut.meta({ description: "What the balance receives" }),
  fee: moneyOut,
  total: moneyOut.meta({ description: "What the payment method is charged" }),
  feeReason: z.string().nullable(),
  paymentMethodId: z.string(),
  isBackup: z.boolean(),
  stripePaymentIntentId: z.string().nullable(),
  failure: z
    .object({ code: z.string(), declineCode: z.string().nullable(), message: z.string().nullable() })
    .nullable(),
  createdAt: timeOut,
  completedAt: timeOut.nullable(),
  reversedAt: timeOut.nullable().meta({ description: "When a payment that had arrived was taken back" }),
});

export function presentAttempt(attempt: Attempt): z.input<typeof attemptOut> {
  const {
    attemptId,
    amountMinor,
    feeMinor,
    totalMinor,
    feePolicy: _,
    createdAt,
    completedAt,
    reversedAt,
    ...same
  } = attempt;
  return {
    id: attemptId,
    ...same,
    amount: money(amountMinor, attempt.currency),
    fee: money(feeMinor, attempt.currency),
    total: money(totalMinor, attempt.currency),
    createdAt: time(createdAt),
    completedAt: time(completedAt),
    reversedAt: time(reversedAt),
  };
}

export const listRecharges = endpoint({
  method: "GET",
  path: "/balance/recharges",
  tag: "Auto-recharge",
  summary: "List charges, manual and automatic",
  access: { role: "member", scope: "balance:read" },
  query: pageQuery,
  answer: { status: 200, description: "A page of attempts, newest first", schema: listOut(attemptOut) },
  handle: async ({ scope, query }) => ({
    body: presentPage(await listAttempts(scope, toPageRequest(query)), presentAttempt),
  }),
});

export const getRecharge = endpoint({
  method: "GET",
  path: "/balance/recharges/{id}",
  tag: "Auto-recharge",
  summary: "Read one charge",
  access: { role: "member", scope: "balance:read" },
  params: z.object({ id: z.uuid() }),
  answer: { status: 200, description: "The attempt", schema: attemptOut },
  handle: async ({ scope, params }) => ({ body: presentAttempt(await getAttempt(scope, params.id as AttemptId)) }),
});

export const postRecharge = endpoint({
  method: "POST",
  path: "/balance/recharges",
  tag: "Auto-recharge",
  summary: "Top up now",
  description: "Without an amount: up to the target. The answer is the attempt, settled or not: look at `state`.",
  access: { role: "admin" },
  movesMoney: true,
  body: (amount) => z.strictObject({ amount: amount.positive().optional() }),
  answer: { status: 201, description: "The attempt", schema: attemptOut },
  refusals: [
    "no_payment_method",
    "recharge_in_progress",
    "nothing_to_charge",
    "limit_reached",
    "card_budget_exhausted",
    "recharge_stopped",
  ],
  example: { amount: "50.00" },
  handle: async ({ scope, body, requestKey }) => {
    invariant(requestKey, "calls that move money have a key");
    return { body: presentAttempt(await topUp(scope, { amountMinor: body.amount ?? null, requestKey })) };
  },
});
