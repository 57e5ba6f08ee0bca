import type { Problem } from "@/components/forms/action-result";
import { readTypedAmount, typedMinor } from "@/components/money/typed-amount";
import { toDecimalString } from "@/lib/money/amount";
import { type Currency, decimalsOf } from "@/lib/money/currency";
import type { Minor } from "@/lib/money/minor";
import { defaultLimits } from "@/lib/recharge/limits";
import type { Limits, Rule } from "@/lib/recharge/types";

export const MONEY_LIMITS = ["minCharge", "maxCharge", "maxPerDay", "maxPerMonth"] as const;
export const COUNT_LIMITS = ["minIntervalMinutes", "maxChargesPerDay"] as const;
export type LimitField = (typeof MONEY_LIMITS)[number] | (typeof COUNT_LIMITS)[number];

/** The form as typed. An empty limit is no limit; an empty method is the default one. */
export type RuleValues = {
  enabled: boolean;
  min: string;
  target: string;
  paymentMethodId: string;
  backupPaymentMethodId: string;
  limits: Record<LimitField, string>;
  consent: boolean;
};

export type RuleProblem =
  | "required"
  | "not_a_decimal"
  | "too_many_decimals"
  | "too_large"
  | "negative"
  | "min_below_target"
  | "same_method"
  | "whole_number"
  | "consent"
  | "below_refill"
  | "not_accepted";
export type RuleField = "min" | "target" | "paymentMethodId" | "backupPaymentMethodId" | "consent" | LimitField;
export type RuleProblems = Partial<Record<RuleField, RuleProblem>>;

/** A rule as the form shows it; one that was never set begins with the default limits. */
export function ruleValues(rule: Rule, currency: Currency): RuleValues {
  const money = (amount: Minor | null) => (amount === null ? "" : toDecimalString(amount, currency));
  const count = (value: number | null) => (value === null ? "" : String(value));
  const isNew = rule.minMinor === null && rule.targetMinor === null;
  const limits = isNew ? defaultLimits(decimalsOf(currency)) : rule.limits;
  return {
    enabled: rule.enabled,
    min: money(rule.minMinor),
    target: money(rule.targetMinor),
    paymentMethodId: rule.paymentMethodId ?? "",
    backupPaymentMethodId: rule.backupPaymentMethodId ?? "",
    limits: {
      minCharge: money(limits.minChargeMinor),
      maxCharge: money(limits.maxChargeMinor),
      maxPerDay: money(limits.maxPerDayMinor),
      maxPerMonth: money(limits.maxPerMonthMinor),
      minIntervalMinutes: count(limits.minIntervalMinutes),
      maxChargesPerDay: count(limits.maxChargesPerDay),
    },
    consent: false,
  };
}

/** The limits as typed → minor units and counts; null for what is empty or wrong (see `ruleProblems`). */
export function typedLimits(values: RuleValues, currency: Currency): Limits {
  const money = (field: (typeof MONEY_LIMITS)[number]) => typedMinor(values.limits[field], currency);
  const count = (field: (typeof COUNT_LIMITS)[number]) =>
    /^\d{1,6}$/.test(values.limits[field].trim()) ? Number(values.limits[field]) : null;
  return {
    minChargeMinor: money("minCharge"),
    maxChargeMinor: money("maxCharge"),
    maxPerDayMinor: money("maxPerDay"),
    maxPerMonthMinor: money("maxPerMonth"),
    minIntervalMinutes: count("minIntervalMinutes"),
    maxChargesPerDay: count("maxChargesPerDay"),
  };
}

/** Whether the terms that a customer agrees to differ from those in force. The method is not one of them. */
export function termsChanged(values: RuleValues, saved: RuleValues, currency: Currency): boolean {
  const terms = (v: RuleValues) =>
    JSON.stringify([typedMinor(v.min, currency), typedMinor(v.target, currency), typedLimits(v, currency)]);
  return terms(values) !== terms(saved);
}

/** Turning on, and changing what was agreed to, needs the customer's consent. */
export const needsConsent = (values: RuleValues, saved: RuleValues, currency: Currency): boolean =>
  values.enabled && (!saved.enabled || termsChanged(values, saved, currency));

/** What is wrong with the form, by field. Whether the limits can ever be met is decided when the rule is saved. */
export function ruleProblems(values: RuleValues, saved: RuleValues, currency: Currency): RuleProblems {
  const problems: RuleProblems = {};
  const money = (
    field: "min" | "target" | (typeof MONEY_LIMITS)[number],
    typed: string,
    required: boolean,
  ): Minor | null => {
    const read = readTypedAmount(typed, currency);
    if (read.kind === "problem") problems[field] = read.problem;
    else if (read.kind === "empty" && required) problems[field] = "required";
    return read.kind === "amount" ? read.amountMinor : null;
  };
  const min = money("min", values.min, values.enabled);
  const target = money("target", values.target, values.enabled);
  if (min !== null && target !== null && min >= target) problems.target = "min_below_target";
  for (const field of MONEY_LIMITS) money(field, values.limits[field], false);
  for (const field of COUNT_LIMITS)
    if (!/^\d{0,6}$/.test(values.limits[field].trim())) problems[field] = "whole_number";
  if (values.backupPaymentMethodId && values.backupPaymentMethodId === values.paymentMethodId)
    problems.backupPaymentMethodId = "same_method";
  if (needsConsent(values, saved, currency) && !values.consent) problems.consent = "consent";
  return problems;
}

const SERVER_PATHS: Record<string, RuleField> = {
  minBalance: "min",
  targetBalance: "target",
  "consent.textVersion": "consent",
};

/** The refusals of the server, by field of the form, so that each is shown where it belongs. */
export function refusedFields({ code, fields }: Problem): RuleProblems {
  const problem: RuleProblem = code === "limits_unsatisfiable" ? "below_refill" : "not_accepted";
  return Object.fromEntries(
    fields.map(({ path }) => [
      SERVER_PATHS[path] ?? path.replace(/^limits\./, ""),
      path.startsWith("consent") ? "consent" : problem,
    ]),
  );
}
