import { and, eq } from "drizzle-orm";
import { systemDb } from "@/db/client";
import { subscriptions } from "@/db/schema";
import { now } from "@/lib/clock";
import type { SubscriptionId, TenantId } from "@/lib/ids";
import { cancelSubscription as cancelAtStripe } from "@/lib/stripe/subscriptions";
import { changeOfRequest, openChange, recordChange } from "./changes";
import { lockSubscriptions } from "./end";
import { syncSubscription } from "./sync";
import { UNPAID } from "./tell-change";

/**
 * Ends a subscription at once because its invoice stayed unpaid; the tenant is on the free plan then.
 * @param requestKey of the case: asking again does not end another one
 * @throws AppError change_in_progress · change_refused · stripe_unavailable (asked again later)
 */
export async function endForNonPayment(
  tenantId: TenantId,
  subscriptionId: SubscriptionId,
  requestKey: string,
): Promise<void> {
  const begun = await systemDb().transaction(async (tx) => {
    const row = (await lockSubscriptions(tx, tenantId)).find((one) => one.subscriptionId === subscriptionId);
    if (!row?.stripeSubscriptionId || row.endedAt) return null;
    const known = await changeOfRequest(tx, tenantId, requestKey);
    const change =
      known ??
      (await openChange(tx, {
        tenantId,
        subscriptionId,
        kind: "cancel",
        actor: "dunning",
        requestKey,
        fromPlan: row.plan,
        terms: { when: "now", reason: UNPAID },
      }));
    await tx
      .update(subscriptions)
      .set({ cancelReason: UNPAID })
      .where(and(eq(subscriptions.tenantId, tenantId), eq(subscriptions.subscriptionId, subscriptionId)));
    return { change, stripeSubscriptionId: row.stripeSubscriptionId };
  });
  if (!begun) return;
  const { change, stripeSubscriptionId } = begun;
  const askedAt = now();
  const outcome = await cancelAtStripe(stripeSubscriptionId, change.changeId, UNPAID);
  // It may have ended there by itself or by somebody else: then it is brought here, and that is all that was wanted.
  if (outcome.kind === "refused") await syncSubscription(stripeSubscriptionId);
  await recordChange(change, outcome, askedAt);
}
