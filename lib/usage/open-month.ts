import { and, eq, gt, lt } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { usagePeriods } from "@/db/schema";
import { overagePriceOf } from "@/lib/plans/catalogue";
import { METRICS, type Plan } from "@/lib/plans/types";
import type { SubscriptionRow } from "@/lib/subscriptions/end";
import type { Period } from "./periods";

/**
 * Opens a month of quotas, each metric once: where a report has opened a period in it already, that one stands.
 * @param month counted from the subscription's anchor
 */
export async function openMonth(
  tx: Tx,
  { tenantId, subscriptionId, currency }: Pick<SubscriptionRow, "tenantId" | "subscriptionId" | "currency">,
  plan: Plan,
  month: Period,
): Promise<void> {
  const within = await tx
    .select({ metric: usagePeriods.metric })
    .from(usagePeriods)
    .where(
      and(
        eq(usagePeriods.tenantId, tenantId),
        eq(usagePeriods.subscriptionId, subscriptionId),
        lt(usagePeriods.periodStart, month.end),
        gt(usagePeriods.periodEnd, month.start),
      ),
    );
  const open = METRICS.filter((metric) => !within.some((period) => period.metric === metric));
  if (open.length === 0) return;
  await tx
    .insert(usagePeriods)
    .values(
      open.map((metric) => ({
        tenantId,
        subscriptionId,
        metric,
        periodStart: month.start,
        periodEnd: month.end,
        plan: plan.id,
        planVersion: plan.version,
        currency,
        included: plan.quotas[metric].included,
        overagePrice: overagePriceOf(plan, metric, currency),
      })),
    )
    .onConflictDoNothing();
}
