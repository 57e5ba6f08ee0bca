import { and, eq } from "drizzle-orm";
import { systemDb } from "@/db/client";
import { subscriptions } from "@/db/schema";
import type { TenantScope } from "@/lib/auth/scope";
import { now } from "@/lib/clock";
import { AppError, invalid } from "@/lib/errors";
import { cancelSubscription as cancelAtStripe, updateSubscription } from "@/lib/stripe/subscriptions";
import { type ChangeRow, changeOfRequest, openChange, recordChange } from "./changes";
import { lockSubscriptions, type SubscriptionRow } from "./end";
import { getSubscription, readSubscription, type Subscription } from "./queries";

export type CancelInput = { when: "period_end" | "now"; reason: string | null; requestKey: string | null };

async function begin(
  scope: TenantScope,
  row: SubscriptionRow,
  requestKey: string | null,
  values: Pick<ChangeRow, "kind"> & Partial<ChangeRow>,
): Promise<{ change: ChangeRow; isNew: boolean }> {
  return systemDb().transaction(async (tx) => {
    await lockSubscriptions(tx, scope.tenantId);
    const known = await changeOfRequest(tx, scope.tenantId, requestKey);
    if (known) return { change: known, isNew: false };
    const change = await openChange(tx, {
      tenantId: scope.tenantId,
      subscriptionId: row.subscriptionId,
      actor: scope.actor,
      requestKey,
      fromPlan: row.plan,
      ...values,
    });
    return { change, isNew: true };
  });
}

/** @throws AppError not_found · subscription_ended · invalid_request for the free plan */
async function paid(
  scope: TenantScope,
  subscriptionId: string,
): Promise<SubscriptionRow & { stripeSubscriptionId: string }> {
  const row = await readSubscription(systemDb(), scope.tenantId, subscriptionId);
  if (row.endedAt) throw new AppError("subscription_ended");
  if (!row.stripeSubscriptionId) throw invalid("id", "the free plan has no end");
  return { ...row, stripeSubscriptionId: row.stripeSubscriptionId };
}

/**
 * Ends a subscription, at the end of what is paid or now; the tenant is on the free plan then. Nothing is given back by itself.
 * @throws AppError not_found · subscription_ended · change_refused (paused: only now) · change_in_progress · stripe_unavailable
 */
export async function cancelSubscription(
  scope: TenantScope,
  subscriptionId: string,
  input: CancelInput,
): Promise<Subscription> {
  const row = await paid(scope, subscriptionId);
  if (row.status === "paused" && input.when === "period_end")
    throw new AppError("change_refused", "a paused subscription has no period to end: end it now, or resume it first");
  const { change, isNew } = await begin(scope, row, input.requestKey, {
    kind: "cancel",
    terms: { when: input.when, reason: input.reason },
  });
  if (isNew) {
    await systemDb()
      .update(subscriptions)
      .set({ cancelReason: input.reason })
      .where(and(eq(subscriptions.tenantId, row.tenantId), eq(subscriptions.subscriptionId, row.subscriptionId)));
    const askedAt = now();
    const name = { tenantId: row.tenantId, subscriptionId: row.subscriptionId, changeId: change.changeId };
    const outcome =
      input.when === "now"
        ? await cancelAtStripe(row.stripeSubscriptionId, change.changeId, input.reason)
        : await updateSubscription(row.stripeSubscriptionId, name, {
            cancel_at_period_end: true,
            ...(input.reason && { cancellation_details: { comment: input.reason } }),
          });
    await recordChange(change, outcome, askedAt);
  }
  return getSubscription(scope, subscriptionId);
}

/**
 * Takes back an end that is decided and has not come.
 * @throws AppError not_found · subscription_ended · change_refused (no end is decided) · change_in_progress · stripe_unavailable
 */
export async function reactivateSubscription(
  scope: TenantScope,
  subscriptionId: string,
  requestKey: string | null,
): Promise<Subscription> {
  const row = await paid(scope, subscriptionId);
  const known = await systemDb().transaction((tx) => changeOfRequest(tx, scope.tenantId, requestKey));
  if (!known && !row.cancelAt) throw new AppError("change_refused", "no end of it is decided");
  const { change, isNew } = known
    ? { change: known, isNew: false }
    : await begin(scope, row, requestKey, { kind: "reactivate" });
  if (isNew) {
    await systemDb()
      .update(subscriptions)
      .set({ cancelReason: null })
      .where(and(eq(subscriptions.tenantId, row.tenantId), eq(subscriptions.subscriptionId, row.subscriptionId)));
    const askedAt = now();
    const name = { tenantId: row.tenantId, subscriptionId: row.subscriptionId, changeId: change.changeId };
    await recordChange(
      change,
      await updateSubscription(row.stripeSubscriptionId, name, { cancel_at_period_end: false }),
      askedAt,
    );
  }
  return getSubscription(scope, subscriptionId);
}
