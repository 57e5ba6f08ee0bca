import { z } from "zod";
import { TRIGGERS } from "@/db/schema/recharge";
import type { Currency } from "@/lib/money/currency";
import { type Minor, toMinor } from "@/lib/money/minor";
import { decisionMessage } from "@/lib/recharge/decision-message";
import { listDecisions } from "@/lib/recharge/queries";
import type { Decision } from "@/lib/recharge/types";
import { endpoint } from "../endpoint";
import { listOut, pageQuery, presentPage, toPageRequest } from "../lists";
import { currencyOut, money, moneyOut, time, timeOut } from "../money";
import { reasonOut } from "./balance";

const inputsOut = z.object({
  currency: currencyOut,
  balance: moneyOut,
  pending: moneyOut,
  minBalance: moneyOut.nullable(),
  targetBalance: moneyOut.nullable(),
  amount: moneyOut.nullable(),
  fee: moneyOut.nullable(),
  total: moneyOut.nullable(),
  usedToday: moneyOut,
  chargesToday: z.int(),
  usedThisMonth: moneyOut,
  limit: moneyOut.nullable().meta({ description: "The limit that was met, where it is money" }),
  limitCount: z.int().nullable().meta({ description: "The limit that was met, where it is a number of charges" }),
  consecutiveFailures: z.int(),
  paymentMethodId: z.string().nullable(),
});

const decisionOut = z.object({
  id: z.uuid(),
  at: timeOut,
  lastAt: timeOut.meta({ description: "When the same was found last" }),
  repeats: z.int().meta({ description: "How often in a row the same was found" }),
  trigger: z.enum(TRIGGERS),
  outcome: z.enum(["charge", "skip", "dry_run"]),
  reason: reasonOut,
  message: z.string(),
  inputs: inputsOut,
  rechargeId: z.uuid().nullable(),
  nextPossibleAt: timeOut.nullable(),
});

function presentDecision(decision: Decision, currency: Currency): z.input<typeof decisionOut> {
  const { inputs } = decision;
  const some = (amount: number): string => money(toMinor(amount), currency);
  const maybe = (amount: number | null) => money(amount as Minor | null, currency);
  return {
    id: decision.decisionId,
    at: time(decision.at),
    lastAt: time(decision.lastAt),
    repeats: decision.repeats,
    trigger: decision.trigger,
    outcome: decision.outcome,
    reason: decision.reason,
    message: decisionMessage(decision, currency),
    inputs: {
      currency,
      balance: some(inputs.balanceMinor),
      pending: some(inputs.pendingMinor),
      minBalance: maybe(inputs.minMinor),
      targetBalance: maybe(inputs.targetMinor),
      amount: maybe(inputs.amountMinor),
      fee: maybe(inputs.feeMinor),
      total: maybe(inputs.totalMinor),
      usedToday: some(inputs.usedDayMinor),
      chargesToday: inputs.chargesDay,
      usedThisMonth: some(inputs.usedMonthMinor),
      limit: maybe(inputs.limitMinor),
      limitCount: inputs.limitCount,
      consecutiveFailures: inputs.consecutiveFailures,
      paymentMethodId: inputs.paymentMethodId,
    },
    rechargeId: decision.attemptId,
    nextPossibleAt: time(decision.nextPossibleAt),
  };
}

export const getDecisions = endpoint({
  method: "GET",
  path: "/balance/decisions",
  tag: "Auto-recharge",
  summary: "List why a charge was made or not",
  access: { role: "member", scope: "balance:read" },
  query: pageQuery,
  answer: { status: 200, description: "A page of decisions, newest first", schema: listOut(decisionOut) },
  handle: async ({ scope, currency, query }) => {
    const page = await listDecisions(scope, toPageRequest(query));
    return { body: presentPage(page, (decision) => presentDecision(decision, currency)) };
  },
});
