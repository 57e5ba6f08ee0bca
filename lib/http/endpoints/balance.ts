import { z } from "zod";
import { ATTEMPT_STATES } from "@/db/schema/recharge";
import { getOverview } from "@/lib/balance/queries";
import { type BalanceOverview, REASONS } from "@/lib/recharge/types";
import { endpoint } from "../endpoint";
import { currencyOut, money, moneyOut, time, timeOut } from "../money";

export const rechargeState = z.enum(["off", "active", "charging", "processing", "waiting", "paused", "stopped"]);
export const reasonOut = z.enum(REASONS);

export const balanceOut = z.object({
  tenantId: z.uuid(),
  currency: currencyOut,
  balance: moneyOut,
  held: moneyOut,
  available: moneyOut,
  pending: moneyOut.meta({ description: "Money under way that has not arrived" }),
  floor: moneyOut
    .nullable()
    .meta({ description: "The least that must stay available after a debit; null: no such limit" }),
  autoRecharge: z.object({
    enabled: z.boolean(),
    state: rechargeState,
    reason: reasonOut.nullable(),
    minBalance: moneyOut.nullable(),
    targetBalance: moneyOut.nullable(),
    paymentMethodId: z.string().nullable(),
    usedToday: moneyOut.meta({ description: "Charged in the last 24 hours, fees included" }),
    chargesToday: z.int(),
    usedThisMonth: moneyOut,
    nextPossibleAt: timeOut.nullable(),
  }),
  lastRecharge: z
    .object({
      id: z.uuid(),
      state: z.enum(ATTEMPT_STATES),
      amount: moneyOut,
      fee: moneyOut,
      total: moneyOut,
      completedAt: timeOut.nullable(),
    })
    .nullable(),
});

export function presentOverview(o: BalanceOverview): z.input<typeof balanceOut> {
  const { currency, rule, lastAttempt: last } = o;
  return {
    tenantId: o.tenantId,
    currency,
    balance: money(o.balanceMinor, currency),
    held: money(o.heldMinor, currency),
    available: money(o.availableMinor, currency),
    pending: money(o.pendingMinor, currency),
    floor: money(o.floorMinor, currency),
    autoRecharge: {
      enabled: rule.enabled,
      state: o.state,
      reason: o.reason,
      minBalance: money(rule.minMinor, currency),
      targetBalance: money(rule.targetMinor, currency),
      paymentMethodId: o.paymentMethodId,
      usedToday: money(o.usedDayMinor, currency),
      chargesToday: o.chargesDay,
      usedThisMonth: money(o.usedMonthMinor, currency),
      nextPossibleAt: time(o.nextPossibleAt),
    },
    lastRecharge: last && {
      id: last.attemptId,
      state: last.state,
      amount: money(last.amountMinor, currency),
      fee: money(last.feeMinor, currency),
      total: money(last.totalMinor, currency),
      completedAt: time(last.completedAt),
    },
  };
}

export const getBalance = endpoint({
  method: "GET",
  path: "/balance",
  tag: "Balance",
  summary: "Read the balance and the state of auto-recharge",
  access: { role: "member", scope: "balance:read" },
  answer: { status: 200, description: "The balance", schema: balanceOut },
  handle: async ({ scope }) => ({ body: presentOverview(await getOverview(scope)) }),
});
