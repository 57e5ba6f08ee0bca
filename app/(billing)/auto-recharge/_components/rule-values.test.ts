import { describe, expect, test } from "vitest";
import { toCurrency } from "@/lib/money/currency";
import { toMinor } from "@/lib/money/minor";
import { defaultLimits } from "@/lib/recharge/limits";
import type { Limits, Rule } from "@/lib/recharge/types";
import { needsConsent, type RuleValues, refusedFields, ruleProblems, ruleValues, typedLimits } from "./rule-values";

const USD = toCurrency("USD");
const NONE: Limits = {
  minChargeMinor: null,
  maxChargeMinor: null,
  maxPerDayMinor: null,
  maxChargesPerDay: null,
  maxPerMonthMinor: null,
  minIntervalMinutes: null,
};
const rule: Rule = {
  enabled: false,
  minMinor: null,
  targetMinor: null,
  paymentMethodId: null,
  backupPaymentMethodId: null,
  limits: NONE,
  consent: null,
};
const off = ruleValues(rule, USD);
const on: RuleValues = { ...off, enabled: true, min: "150", target: "600", consent: true };

describe("the form of the rule", () => {
  test("a rule that was never set begins with the default limits", () => {
    expect(off.limits).toEqual({
      maxPerDay: "5000.00",
      maxChargesPerDay: "6",
      minIntervalMinutes: "10",
      maxPerMonth: "",
      minCharge: "",
      maxCharge: "",
    });
    expect(typedLimits(off, USD)).toEqual(defaultLimits(2));
  });

  test("limits that were taken away stay away", () => {
    const set = { ...rule, minMinor: toMinor(15_000), targetMinor: toMinor(60_000) };
    expect(typedLimits(ruleValues(set, USD), USD)).toEqual(NONE);
  });

  test("the worked example has no problem", () => {
    expect(ruleProblems(on, off, USD)).toEqual({});
  });

  test("turning on needs amounts and consent; leaving it off needs nothing", () => {
    expect(ruleProblems({ ...off, enabled: true }, off, USD)).toEqual({
      min: "required",
      target: "required",
      consent: "consent",
    });
    expect(ruleProblems(off, off, USD)).toEqual({});
  });

  test("the minimum is below the target, strictly", () => {
    expect(ruleProblems({ ...on, min: "600" }, off, USD).target).toBe("min_below_target");
  });

  test.each([
    [{ min: "1.005" }, { min: "too_many_decimals" }],
    [{ target: "a lot" }, { target: "not_a_decimal" }],
    [{ limits: { ...off.limits, maxPerMonth: "-1" } }, { maxPerMonth: "negative" }],
    [{ limits: { ...off.limits, maxChargesPerDay: "1.5" } }, { maxChargesPerDay: "whole_number" }],
    [{ paymentMethodId: "pm_1", backupPaymentMethodId: "pm_1" }, { backupPaymentMethodId: "same_method" }],
  ])("%j is refused in place", (change, problems) => {
    expect(ruleProblems({ ...on, ...change }, off, USD)).toEqual(problems);
  });

  test("a rule that is on asks again only when its terms change", () => {
    const saved = { ...on, consent: false };
    expect(needsConsent(saved, { ...saved, min: "150.00", target: "$600" }, USD)).toBe(false);
    expect(needsConsent({ ...saved, target: "900" }, saved, USD)).toBe(true);
    expect(needsConsent({ ...saved, paymentMethodId: "pm_other" }, saved, USD)).toBe(false);
    expect(needsConsent({ ...saved, enabled: false, target: "900" }, saved, USD)).toBe(false);
  });

  test("what the server refuses is shown at its field", () => {
    const fields = [{ path: "limits.maxPerMonth", message: "is below the smallest possible refill" }];
    expect(refusedFields({ code: "limits_unsatisfiable", fields })).toEqual({ maxPerMonth: "below_refill" });
    expect(refusedFields({ code: "invalid_request", fields: [{ path: "minBalance", message: "…" }] })).toEqual({
      min: "not_accepted",
    });
    expect(
      refusedFields({ code: "consent_required", fields: [{ path: "consent.textVersion", message: "…" }] }),
    ).toEqual({ consent: "consent" });
  });
});
