import type { BillingCycle, ChangeKind, SubscriptionStatus } from "@/db/schema/subscriptions";
import { AppError, invalid } from "@/lib/errors";
import type { ChangeDirection, PlanChoice } from "@/lib/plans/catalogue";
import { directionOf, isPlanId, planOf } from "@/lib/plans/catalogue";

/** How long a price that was shown may be bought: what is charged is prorated to the second of the preview. */
export const QUOTE_VALID_MS = 15 * 60_000;

export type ChangeWish = { plan?: string; cycle?: BillingCycle };

type Current = { plan: string; planVersion: string; billingCycle: BillingCycle; status: SubscriptionStatus };

/** What kind of change a wish is. To the free plan is an end at the end of the period. */
export type ChangePlan =
  | { kind: "end" }
  | { kind: Exclude<ChangeDirection, "same">; to: PlanChoice; movesBillingDate: boolean }
  | { kind: "same" };

/** Decides what a wished change means. @throws AppError invalid_request for a plan that is not sold */
export function classify(current: Current, wish: ChangeWish): ChangePlan {
  const planId = wish.plan ?? current.plan;
  if (!isPlanId(planId)) throw invalid("plan", "is not one of the plans");
  const cycle = wish.cycle ?? current.billingCycle;
  if (planId === "free") return { kind: "end" };
  // Whoever stays on a plan keeps the version bought; another plan is bought as it is sold now.
  const plan = planId === current.plan ? planOf(planId, current.planVersion) : planOf(planId);
  const to = { plan, cycle };
  const from = { plan: planOf(current.plan, current.planVersion), cycle: current.billingCycle };
  const kind = directionOf(from, to);
  return kind === "same" ? { kind } : { kind, to, movesBillingDate: cycle !== current.billingCycle };
}

/**
 * Of a plan whose end is decided no other one is bought: the end would be of that.
 * @throws AppError change_refused
 */
export function checkGoesOn({ cancelAt }: { cancelAt: Date | null }, kind: ChangeKind | ChangePlan["kind"]): void {
  if (cancelAt && (kind === "upgrade" || kind === "downgrade"))
    throw new AppError("change_refused", "its end is decided: take that back first");
}

/**
 * The instant that a change is prorated to: the one of the preview, while that is fresh.
 * @throws AppError invalid_request for one that is in the future or too old to be bought
 */
export function prorationAt(asked: Date | null, periodStart: Date, at: Date): Date {
  const wholeSecond = new Date(Math.floor(at.getTime() / 1000) * 1000);
  if (asked === null) return wholeSecond;
  if (asked > at) throw invalid("prorationDate", "must not be in the future");
  if (asked.getTime() < at.getTime() - QUOTE_VALID_MS || asked < periodStart)
    throw invalid("prorationDate", "is too old: ask for a new preview");
  return asked;
}
