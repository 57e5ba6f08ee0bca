import { and, eq, isNull, ne } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { subscriptions } from "@/db/schema";
import type { TenantId } from "@/lib/ids";

export type SubscriptionRow = typeof subscriptions.$inferSelect;

/** All of a tenant's subscriptions, locked: which one is live is read and changed as one. Newest first. */
export async function lockSubscriptions(tx: Tx, tenantId: TenantId): Promise<SubscriptionRow[]> {
  const rows = await tx
    .select()
    .from(subscriptions)
    .where(eq(subscriptions.tenantId, tenantId))
    .orderBy(subscriptions.subscriptionId)
    .for("update");
  return rows.reverse();
}

/** The one that gives the tenant its plan. */
export const liveOf = (rows: readonly SubscriptionRow[]): SubscriptionRow | undefined =>
  rows.find((row) => row.endedAt === null && row.status !== "incomplete");

/** Ends the Free plan because a paid one begins. */
export async function endFree(tx: Tx, tenantId: TenantId, at: Date): Promise<void> {
  await tx
    .update(subscriptions)
    .set({ status: "canceled", canceledAt: at, endedAt: at, cancelReason: "upgraded", syncedAt: at })
    .where(
      and(
        eq(subscriptions.tenantId, tenantId),
        isNull(subscriptions.stripeSubscriptionId),
        isNull(subscriptions.endedAt),
        ne(subscriptions.status, "incomplete"),
      ),
    );
}
