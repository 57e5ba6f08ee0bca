import { z } from "zod";
import { getOverview } from "@/lib/balance/queries";
import type { PaymentMethodId } from "@/lib/ids";
import { CONSENT_TEXT_VERSION } from "@/lib/recharge/consent";
import { preview } from "@/lib/recharge/preview";
import { saveRule } from "@/lib/recharge/rule";
import type { BalanceOverview } from "@/lib/recharge/types";
import { endpoint } from "../endpoint";
import { currencyOut, type MoneyIn, money, moneyOut, time, timeOut } from "../money";
import { reasonOut, rechargeState } from "./balance";

const limitsOut = z.object({
  minCharge: moneyOut.nullable(),
  maxCharge: moneyOut.nullable(),
  maxPerDay: moneyOut.nullable().meta({ description: "In any 24 hours, fees included" }),
  maxChargesPerDay: z.int().nullable(),
  maxPerMonth: moneyOut
    .nullable()
    .meta({ description: "In a calendar month of the tenant's time zone, fees included" }),
  minIntervalMinutes: z.int().nullable(),
});

const ruleOut = z.object({
  tenantId: z.uuid(),
  currency: currencyOut,
  enabled: z.boolean(),
  state: rechargeState,
  reason: reasonOut.nullable(),
  nextPossibleAt: timeOut.nullable(),
  minBalance: moneyOut.nullable(),
  targetBalance: moneyOut.nullable(),
  paymentMethodId: z.string().nullable().meta({ description: "Null: the default payment method" }),
  backupPaymentMethodId: z.string().nullable(),
  limits: limitsOut,
  consent: z.object({ textVersion: z.string(), actor: z.string(), at: timeOut }).nullable(),
});

function presentRule(o: BalanceOverview): z.input<typeof ruleOut> {
  const { currency, rule } = o;
  const { limits, consent } = rule;
  return {
    tenantId: o.tenantId,
    currency,
    enabled: rule.enabled,
    state: o.state,
    reason: o.reason,
    nextPossibleAt: time(o.nextPossibleAt),
    minBalance: money(rule.minMinor, currency),
    targetBalance: money(rule.targetMinor, currency),
    paymentMethodId: rule.paymentMethodId,
    backupPaymentMethodId: rule.backupPaymentMethodId,
    limits: {
      minCharge: money(limits.minChargeMinor, currency),
      maxCharge: money(limits.maxChargeMinor, currency),
      maxPerDay: money(limits.maxPerDayMinor, currency),
      maxChargesPerDay: limits.maxChargesPerDay,
      maxPerMonth: money(limits.maxPerMonthMinor, currency),
      minIntervalMinutes: limits.minIntervalMinutes,
    },
    consent: consent && { textVersion: consent.textVersion, actor: consent.actor, at: time(consent.at) },
  };
}

const methodId = z
  .string()
  .min(1)
  .max(255)
  .transform((id) => id as PaymentMethodId)
  .nullable()
  .optional();

const ruleIn = (amount: MoneyIn) =>
  z.strictObject({
    enabled: z.boolean().optional(),
    minBalance: amount.notNegative().nullable().optional(),
    targetBalance: amount.positive().nullable().optional(),
    paymentMethodId: methodId,
    backupPaymentMethodId: methodId,
    limits: z
      .strictObject({
        minCharge: amount.positive().nullable().optional(),
        maxCharge: amount.positive().nullable().optional(),
        maxPerDay: amount.positive().nullable().optional(),
        maxChargesPerDay: z.int().min(1).max(1_000).nullable().optional(),
        maxPerMonth: amount.positive().nullable().optional(),
        minIntervalMinutes: z.int().min(0).max(43_200).nullable().optional(),
      })
      .optional(),
    consent: z.strictObject({ textVersion: z.string().min(1).max(50) }).optional(),
  });

export const getAutoRecharge = endpoint({
  method: "GET",
  path: "/balance/auto-recharge",
  tag: "Auto-recharge",
  summary: "Read the rule",
  access: { role: "member", scope: "balance:read" },
  answer: { status: 200, description: "The rule", schema: ruleOut },
  handle: async ({ scope }) => ({ body: presentRule(await getOverview(scope)) }),
});

export const putAutoRecharge = endpoint({
  method: "PUT",
  path: "/balance/auto-recharge",
  tag: "Auto-recharge",
  summary: "Change the rule",
  description:
    "A field that is left out stays as it is; null takes it away. Turning the rule on needs `consent` with the version of the text that the customer agreed to. A balance below the minimum is charged at once.",
  access: { role: "admin" },
  body: ruleIn,
  answer: { status: 200, description: "The rule as it is now", schema: ruleOut },
  refusals: ["limits_unsatisfiable", "consent_required", "no_payment_method"],
  example: {
    enabled: true,
    minBalance: "150.00",
    targetBalance: "600.00",
    limits: { maxPerMonth: "2700.00" },
    consent: { textVersion: CONSENT_TEXT_VERSION },
  },
  handle: async ({ scope, body }) => {
    const { limits, consent } = body;
    const saved = await saveRule(scope, {
      enabled: body.enabled,
      minMinor: body.minBalance,
      targetMinor: body.targetBalance,
      paymentMethodId: body.paymentMethodId,
      backupPaymentMethodId: body.backupPaymentMethodId,
      limits: limits && {
        minChargeMinor: limits.minCharge,
        maxChargeMinor: limits.maxCharge,
        maxPerDayMinor: limits.maxPerDay,
        maxChargesPerDay: limits.maxChargesPerDay,
        maxPerMonthMinor: limits.maxPerMonth,
        minIntervalMinutes: limits.minIntervalMinutes,
      },
      consent,
    });
    return { body: presentRule(saved) };
  },
});

const previewOut = z.object({
  currency: currencyOut,
  amount: moneyOut,
  fee: moneyOut,
  total: moneyOut,
  balanceAfter: moneyOut,
  feeReason: z.string().nullable().meta({ description: "Why no fee is taken, else null" }),
  wouldCharge: z.boolean(),
  reason: reasonOut,
  blockedBy: reasonOut.nullable().meta({ description: "The limit that stands in the way, else null" }),
  nextPossibleAt: timeOut.nullable(),
});

export const postPreview = endpoint({
  method: "POST",
  path: "/balance/auto-recharge/preview",
  tag: "Auto-recharge",
  summary: "Compute what a recharge would charge",
  description: "Changes nothing. What is left out is taken from the rule and the balance as they are.",
  access: { role: "member", scope: "balance:read" },
  body: (amount) =>
    z.strictObject({
      minBalance: amount.notNegative().optional(),
      targetBalance: amount.positive().optional(),
      balance: amount.any().optional(),
    }),
  answer: { status: 200, description: "The charge that would be made", schema: previewOut },
  example: { minBalance: "150.00", targetBalance: "600.00", balance: "-50.00" },
  handle: async ({ scope, currency, body }) => {
    const p = await preview(scope, {
      minMinor: body.minBalance,
      targetMinor: body.targetBalance,
      balanceMinor: body.balance,
    });
    const { feeReason, wouldCharge, reason, blockedBy } = p;
    const amounts = {
      amount: money(p.amountMinor, currency),
      fee: money(p.feeMinor, currency),
      total: money(p.totalMinor, currency),
    };
    const answer = {
      currency,
      ...amounts,
      balanceAfter: money(p.balanceAfterMinor, currency),
      feeReason,
      wouldCharge,
      reason,
      blockedBy,
    };
    return { body: { ...answer, nextPossibleAt: time(p.nextPossibleAt) } };
  },
});
