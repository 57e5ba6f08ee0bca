import { and, eq } from "drizzle-orm";
import type { Reader } from "@/db/client";
import { type subscriptionChanges, subscriptions } from "@/db/schema";
import { BILLING_CYCLES } from "@/db/schema/subscriptions";
import type { PlanChoice } from "@/lib/plans/catalogue";
import type { SubscriptionRow } from "./end";

/** What begins when what was paid is used up. */
export type Pending = Pick<SubscriptionRow, "pendingPlan" | "pendingPlanVersion" | "pendingBillingCycle" | "pendingAt">;

export const NOTHING_PENDING: Pending = {
  pendingPlan: null,
  pendingPlanVersion: null,
  pendingBillingCycle: null,
  pendingAt: null,
};

export const pendingOf = (row: SubscriptionRow): Pending => ({
  pendingPlan: row.pendingPlan,
  pendingPlanVersion: row.pendingPlanVersion,
  pendingBillingCycle: row.pendingBillingCycle,
  pendingAt: row.pendingAt,
});

export const pendingFor = (row: SubscriptionRow, to: PlanChoice): Pending => ({
  pendingPlan: to.plan.id,
  pendingPlanVersion: to.plan.version,
  pendingBillingCycle: to.cycle,
  pendingAt: row.currentPeriodEnd,
});

/** Writes down what waits for the end of the period: a downgrade, or nothing any more. */
export async function setPending(
  db: Reader,
  { tenantId, subscriptionId }: Pick<SubscriptionRow, "tenantId" | "subscriptionId">,
  pending: Pending,
): Promise<void> {
  await db
    .update(subscriptions)
    .set(pending)
    .where(and(eq(subscriptions.tenantId, tenantId), eq(subscriptions.subscriptionId, subscriptionId)));
}

type Terms = (typeof subscriptionChanges.$inferSelect)["terms"];

/** How the row of an upgrade keeps what it takes the place of, so that one that comes to nothing changes nothing. */
export const waitingTerms = (row: SubscriptionRow): Terms =>
  row.pendingAt
    ? {
        waitedPlan: row.pendingPlan,
        waitedPlanVersion: row.pendingPlanVersion,
        waitedBillingCycle: row.pendingBillingCycle,
        waitedAt: row.pendingAt.toISOString(),
      }
    : {};

/** What {@link waitingTerms} kept; null: nothing waited. */
export function waitedFrom(terms: Terms): Pending | null {
  const { waitedPlan, waitedPlanVersion, waitedBillingCycle, waitedAt } = terms;
  const cycle = BILLING_CYCLES.find((one) => one === waitedBillingCycle);
  if (typeof waitedPlan !== "string" || typeof waitedPlanVersion !== "string" || !cycle || typeof waitedAt !== "string")
    return null;
  return {
    pendingPlan: waitedPlan,
    pendingPlanVersion: waitedPlanVersion,
    pendingBillingCycle: cycle,
    pendingAt: new Date(waitedAt),
  };
}
