import type { BillingCycle } from "@/db/schema/subscriptions";
import { AppError, invariant } from "@/lib/errors";
import { parseAmount } from "@/lib/money/amount";
import type { Currency } from "@/lib/money/currency";
import { type Minor, toMinor } from "@/lib/money/minor";
import { divideHalfUp } from "@/lib/money/rounding";
import { type Metric, PLAN_CURRENCIES, PLAN_IDS, type Plan, type PlanCurrency, type PlanId } from "./types";
import { VERSION_2026_11 } from "./versions/2026-11";

/** Every version that somebody may still have, oldest first. Never change one that was sold: add another. */
const VERSIONS: Readonly<Record<string, Readonly<Record<PlanId, Plan>>>> = { "2026-11": VERSION_2026_11 };

/** What is sold now. */
export const CURRENT_VERSION = "2026-11";

/** The plans on sale, cheapest first. */
export function offeredPlans(): Plan[] {
  const version = VERSIONS[CURRENT_VERSION];
  invariant(version, "the current version is in the catalogue");
  return PLAN_IDS.map((id) => version[id]);
}

export const isPlanId = (value: string): value is PlanId => PLAN_IDS.some((id) => id === value);
/** Whether plans have prices in a currency. */
export const isSoldIn = (currency: Currency): boolean => isPlanCurrency(currency);
const isPlanCurrency = (value: string): value is PlanCurrency => PLAN_CURRENCIES.some((code) => code === value);

/** A plan as it was when it was bought. @throws Error for one that was never sold: a bug */
export function planOf(id: string, version: string = CURRENT_VERSION): Plan {
  const plan = isPlanId(id) ? VERSIONS[version]?.[id] : undefined;
  invariant(plan, `there is no plan ${id} in version ${version}`);
  return plan;
}

/** All versions that have a price, for Stripe's catalogue. */
export function everyPaidPlan(): Plan[] {
  return Object.values(VERSIONS).flatMap((plans) => PLAN_IDS.map((id) => plans[id]).filter((plan) => plan.prices));
}

/** @throws AppError plan_not_offered for a currency that plans are not sold in */
function sellable(currency: Currency): PlanCurrency {
  const code: string = currency;
  if (isPlanCurrency(code)) return code;
  throw new AppError("plan_not_offered", `plans are not sold in ${currency}`);
}

/** The price of a month or a year, minor units; zero for a free plan. @throws AppError plan_not_offered */
export function priceOf(plan: Plan, cycle: BillingCycle, currency: Currency): Minor {
  if (!plan.prices) return toMinor(0);
  const price = parseAmount(plan.prices[cycle][sellable(currency)], currency);
  invariant(typeof price === "number", `${plan.id} has a price in ${currency}`);
  return price;
}

/** What a month costs of a year that is paid at once, rounded half-up; for comparison only. @throws AppError plan_not_offered */
export const monthlyShareOf = (plan: Plan, currency: Currency): Minor =>
  divideHalfUp(BigInt(priceOf(plan, "yearly", currency)), 12n);

/** The exact price of a unit beyond the quota, a decimal string in major units; null: there is none to be had. */
export function overagePriceOf(plan: Plan, metric: Metric, currency: Currency): string | null {
  const { overage } = plan.quotas[metric];
  const code: string = currency;
  return overage && isPlanCurrency(code) ? overage[code] : null;
}

/** What the price is found by at Stripe. */
export function lookupKeyOf(plan: Plan, cycle: BillingCycle, currency: Currency): string {
  return `${plan.id}_${cycle}_${currency.toLowerCase()}_${plan.version}`;
}

export type PlanChoice = { plan: Plan; cycle: BillingCycle };
export type ChangeDirection = "upgrade" | "downgrade" | "same";

/**
 * An upgrade takes effect and is paid at once, a downgrade when what was paid is used up. A higher plan is an upgrade, and so is
 * yearly instead of monthly on the same plan; a higher plan by the month instead of a lower one by the year still is one.
 */
export function directionOf(from: PlanChoice, to: PlanChoice): ChangeDirection {
  if (to.plan.rank !== from.plan.rank) return to.plan.rank > from.plan.rank ? "upgrade" : "downgrade";
  if (to.cycle !== from.cycle) return to.cycle === "yearly" ? "upgrade" : "downgrade";
  return "same";
}
