import { and, asc, eq, isNotNull, isNull, like, lte } from "drizzle-orm";
import { systemDb, type Tx } from "@/db/client";
import { subscriptionChanges, subscriptions } from "@/db/schema";
import { now } from "@/lib/clock";
import { AppError, invariant } from "@/lib/errors";
import { log } from "@/lib/log";
import { planOf } from "@/lib/plans/catalogue";
import { stripePriceOf } from "@/lib/plans/sync";
import { changeSubscription } from "@/lib/stripe/subscriptions";
import { type ChangeRow, openChange, recordChange } from "./changes";
import { lockSubscriptions, type SubscriptionRow } from "./end";

/** So long before the end of a period Stripe is told what begins after it: until then it bills what was bought, and prorates it. */
const AHEAD_MS = 24 * 3_600_000;

/** Whether what waits for an instant is being carried out: it is not changed any more. */
export const isLastDay = (end: Date): boolean => now().getTime() >= end.getTime() - AHEAD_MS;

const keyOf = (row: SubscriptionRow) => `pending:${row.subscriptionId}:${row.pendingAt?.toISOString()}`;

/** One try under each key: a try that Stripe refused is followed by another. Null: it was done, or somebody is at it. */
async function nextKey(tx: Tx, row: SubscriptionRow): Promise<string | null> {
  const tries = await tx
    .select({ state: subscriptionChanges.state })
    .from(subscriptionChanges)
    .where(
      and(eq(subscriptionChanges.tenantId, row.tenantId), like(subscriptionChanges.requestKey, `${keyOf(row)}:%`)),
    );
  return tries.every(({ state }) => state === "failed") ? `${keyOf(row)}:${tries.length}` : null;
}

/** The change as a row, if it is still wanted. */
async function begin(given: SubscriptionRow): Promise<{ row: SubscriptionRow; change: ChangeRow } | null> {
  const { pendingPlan, pendingPlanVersion, pendingBillingCycle } = given;
  if (!pendingPlan || !pendingPlanVersion || !pendingBillingCycle) return null;
  const plan = planOf(pendingPlan, pendingPlanVersion);
  const priceId = await stripePriceOf(plan, pendingBillingCycle, given.currency);
  return systemDb().transaction(async (tx) => {
    const rows = await lockSubscriptions(tx, given.tenantId);
    const row = rows.find((one) => one.subscriptionId === given.subscriptionId);
    if (!row || row.endedAt || row.cancelAt || !row.pendingAt || !isLastDay(row.pendingAt)) return null;
    if (row.pendingPlan !== pendingPlan || row.pendingBillingCycle !== pendingBillingCycle) return null;
    const moves = pendingBillingCycle !== row.billingCycle;
    if (row.status !== "active" && (moves || row.status !== "past_due")) return null;
    const requestKey = await nextKey(tx, row);
    if (!requestKey) return null;
    const change = await openChange(tx, {
      tenantId: row.tenantId,
      subscriptionId: row.subscriptionId,
      kind: "downgrade",
      actor: "system",
      requestKey,
      fromPlan: row.plan,
      toPlan: plan.id,
      toPlanVersion: plan.version,
      toBillingCycle: pendingBillingCycle,
      // With another interval Stripe would begin a period at once; what is paid already is a trial there, which it ends by itself.
      terms: { itemId: row.stripeItemId, priceId, paidUntil: moves ? row.pendingAt.toISOString() : null },
    });
    return { row, change };
  });
}

/**
 * Tells Stripe of a downgrade whose day has come: the next period is billed at the new price, what was paid is used up first. The
 * plan changes here when Stripe begins that period.
 * @throws AppError change_in_progress · change_refused · stripe_unavailable (its outcome is being found out)
 */
export async function carryOut(given: SubscriptionRow): Promise<boolean> {
  const begun = await begin(given);
  if (!begun) return false;
  const { row, change } = begun;
  const { itemId, priceId, paidUntil } = change.terms;
  invariant(row.stripeSubscriptionId && typeof itemId === "string" && typeof priceId === "string", "it is at Stripe");
  const askedAt = now();
  const outcome = await changeSubscription({
    tenantId: row.tenantId,
    subscriptionId: row.subscriptionId,
    changeId: change.changeId,
    stripeSubscriptionId: row.stripeSubscriptionId,
    itemId,
    priceId,
    prorationAt: null,
    paidUntil: typeof paidUntil === "string" ? new Date(paidUntil) : null,
    discount: undefined,
  });
  await recordChange(change, outcome, askedAt);
  return true;
}

const isWaiting = and(
  isNotNull(subscriptions.pendingAt),
  isNotNull(subscriptions.stripeSubscriptionId),
  isNull(subscriptions.endedAt),
  isNull(subscriptions.cancelAt),
);

/** Carries out the downgrades whose last day has begun. @returns how many were due, and how many were done now */
export async function carryOutPending(limit: number): Promise<{ due: number; done: number }> {
  const due = await systemDb()
    .select()
    .from(subscriptions)
    .where(and(isWaiting, lte(subscriptions.pendingAt, new Date(now().getTime() + AHEAD_MS))))
    .orderBy(asc(subscriptions.pendingAt))
    .limit(limit);
  let done = 0;
  for (const row of due) {
    const { tenantId, subscriptionId } = row;
    const isDone = await carryOut(row).catch((error) => {
      const expected = error instanceof AppError && error.code !== "change_refused";
      log()[expected ? "warn" : "error"](
        { err: error, tenantId, subscriptionId },
        "a downgrade is not carried out yet",
      );
      return false;
    });
    if (isDone) done += 1;
  }
  return { due: due.length, done };
}

/** When the next downgrade is to be carried out; null: none waits. */
export async function nextCarryOutAt(): Promise<Date | null> {
  const [row] = await systemDb()
    .select({ at: subscriptions.pendingAt })
    .from(subscriptions)
    .where(isWaiting)
    .orderBy(asc(subscriptions.pendingAt))
    .limit(1);
  return row?.at ? new Date(row.at.getTime() - AHEAD_MS) : null;
}
