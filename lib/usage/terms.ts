import { and, eq, gt, lt } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { usagePeriods } from "@/db/schema";
import { overagePriceOf } from "@/lib/plans/catalogue";
import { METRICS, type Plan } from "@/lib/plans/types";
import type { SubscriptionRow } from "@/lib/subscriptions/end";

type Key = Pick<SubscriptionRow, "tenantId" | "subscriptionId" | "currency">;

const ofSubscription = (key: Key) =>
  and(eq(usagePeriods.tenantId, key.tenantId), eq(usagePeriods.subscriptionId, key.subscriptionId));

/**
 * Gives the periods that are open the terms of another plan: a quota rises at once, and never falls within a period; a period that
 * begins with the new plan has its terms exactly.
 * @param from when the plan begins
 */
export async function applyTerms(tx: Tx, key: Key, plan: Plan, from: Date): Promise<void> {
  const open = await tx
    .select({ metric: usagePeriods.metric, start: usagePeriods.periodStart, included: usagePeriods.included })
    .from(usagePeriods)
    .where(and(ofSubscription(key), gt(usagePeriods.periodEnd, from)))
    .for("update");
  for (const period of open) {
    const metric = METRICS.find((one) => one === period.metric);
    if (!metric) continue;
    const { included } = plan.quotas[metric];
    const begins = period.start >= from;
    const higher = included === null || period.included === null ? null : Math.max(included, period.included);
    await tx
      .update(usagePeriods)
      .set({
        plan: plan.id,
        planVersion: plan.version,
        included: begins ? included : higher,
        overagePrice: overagePriceOf(plan, metric, key.currency),
        // A quota that rose is told of again when it is used up.
        alerted80At: null,
        alerted100At: null,
      })
      .where(
        and(ofSubscription(key), eq(usagePeriods.metric, period.metric), eq(usagePeriods.periodStart, period.start)),
      );
  }
}

/** The billing date moved: what was open ends now, the months are counted from the new date. */
export async function closePeriods(tx: Tx, key: Key, at: Date): Promise<void> {
  await tx
    .update(usagePeriods)
    .set({ periodEnd: at })
    .where(and(ofSubscription(key), gt(usagePeriods.periodEnd, at), lt(usagePeriods.periodStart, at)));
}
