import { expect, test } from "vitest";
import { toCurrency } from "@/lib/money/currency";
import { directionOf, everyPaidPlan, lookupKeyOf, offeredPlans, overagePriceOf, planOf, priceOf } from "./catalogue";
import { METRICS, PLAN_CURRENCIES } from "./types";

const USD = toCurrency("USD");

test("the plans on sale and their prices", () => {
  expect(offeredPlans().map((plan) => [plan.id, priceOf(plan, "monthly", USD), priceOf(plan, "yearly", USD)])).toEqual([
    ["free", 0, 0],
    ["starter", 2_900, 29_000],
    ["professional", 9_900, 99_000],
    ["enterprise", 29_900, 299_000],
  ]);
});

test("a year costs ten months, in every currency", () => {
  for (const plan of everyPaidPlan()) {
    for (const code of PLAN_CURRENCIES) {
      const currency = toCurrency(code);
      expect(priceOf(plan, "yearly", currency), `${plan.id} ${code}`).toBe(10 * priceOf(plan, "monthly", currency));
    }
  }
});

test("a price in three decimals ends in the step that Stripe takes", () => {
  for (const plan of everyPaidPlan()) expect(priceOf(plan, "monthly", toCurrency("KWD")) % 10).toBe(0);
});

test("more than the quota either has a price in every currency or cannot be had", () => {
  for (const plan of offeredPlans()) {
    for (const metric of METRICS) {
      const prices = PLAN_CURRENCIES.map((code) => overagePriceOf(plan, metric, toCurrency(code)));
      const expected = plan.quotas[metric].overage ? expect.stringMatching(/^\d+(\.\d{1,12})?$/) : null;
      expect(prices).toEqual(prices.map(() => expected));
    }
  }
});

test("plans are not sold in a currency without prices", () => {
  expect(() => priceOf(planOf("starter"), "monthly", toCurrency("CHF"))).toThrow("plans are not sold in CHF");
});

test.each([
  ["starter", "monthly", "professional", "monthly", "upgrade"],
  ["starter", "yearly", "professional", "monthly", "upgrade"],
  ["professional", "monthly", "professional", "yearly", "upgrade"],
  ["professional", "yearly", "professional", "monthly", "downgrade"],
  ["enterprise", "monthly", "free", "monthly", "downgrade"],
  ["starter", "monthly", "starter", "monthly", "same"],
] as const)("%s %s to %s %s is: %s", (fromPlan, fromCycle, toPlan, toCycle, direction) => {
  const from = { plan: planOf(fromPlan), cycle: fromCycle };
  expect(directionOf(from, { plan: planOf(toPlan), cycle: toCycle })).toBe(direction);
});

test("what it is called at Stripe", () => {
  expect(lookupKeyOf(planOf("starter"), "monthly", USD)).toBe("starter_monthly_usd_2026-11");
});
