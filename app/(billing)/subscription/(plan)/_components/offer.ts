import { directionOf, planOf } from "@/lib/plans/catalogue";
import type { BillingCycle, Plan } from "@/lib/plans/types";
import type { Subscription } from "@/lib/subscriptions/queries";

export type Offer = "none" | "planned" | "trial" | "subscribe" | "upgrade" | "downgrade" | "yearly" | "monthly";
type Current = Pick<
  Subscription,
  | "plan"
  | "planVersion"
  | "billingCycle"
  | "stripeSubscriptionId"
  | "pendingPlan"
  | "pendingBillingCycle"
  | "cancelAt"
  | "pausedAt"
>;

/** What a plan's card lets the tenant do. To the free plan one comes by cancelling, which has a dialog of its own. */
export function offerOf(live: Current, plan: Plan, cycle: BillingCycle, trialDays: number): Offer {
  if (!plan.prices) return "none";
  if (!live.stripeSubscriptionId) return plan.hasTrial && trialDays > 0 ? "trial" : "subscribe";
  // What is paused, or ends, is not changed: first it goes on.
  if (live.pausedAt || live.cancelAt) return "none";
  if (live.pendingPlan === plan.id && live.pendingBillingCycle === cycle) return "planned";
  const from = planOf(live.plan, live.planVersion);
  const direction = directionOf({ plan: from, cycle: live.billingCycle }, { plan, cycle });
  if (direction === "same") return "none";
  return from.id === plan.id ? cycle : direction;
}
