import type { Tx } from "@/db/client";
import { subscriptions } from "@/db/schema";
import { newId, type SubscriptionId, type TenantId } from "@/lib/ids";
import type { Currency } from "@/lib/money/currency";
import { CURRENT_VERSION } from "@/lib/plans/catalogue";
import { usageMonth } from "@/lib/usage/periods";

/**
 * Begins the Free plan, which is ours alone: what every tenant has from its creation, and again when a paid plan has ended.
 * @param at when it begins, the anchor of its months
 */
export async function startFree(tx: Tx, tenantId: TenantId, currency: Currency, at: Date): Promise<SubscriptionId> {
  const subscriptionId = newId<SubscriptionId>();
  const month = usageMonth(at, at);
  await tx.insert(subscriptions).values({
    tenantId,
    subscriptionId,
    plan: "free",
    planVersion: CURRENT_VERSION,
    billingCycle: "monthly",
    status: "active",
    currency,
    currentPeriodStart: month.start,
    currentPeriodEnd: month.end,
    usageAnchorAt: at,
    createdAt: at,
    syncedAt: at,
  });
  return subscriptionId;
}
