import { and, eq } from "drizzle-orm";
import { systemDb, type Tx } from "@/db/client";
import { subscriptionChanges, subscriptions } from "@/db/schema";
import type { ChangeState } from "@/db/schema/subscriptions";
import { now } from "@/lib/clock";
import { AppError } from "@/lib/errors";
import { newId, type TenantId } from "@/lib/ids";
import { returnToBudget } from "@/lib/payment-methods/card-budget";
import { LEASE_MS } from "@/lib/recharge/claim";
import type { SubscriptionOutcome } from "@/lib/stripe/subscriptions";
import { setPending, waitedFrom } from "./pending";
import { declined } from "./refusals";
import { applySubscription } from "./sync";

export type ChangeRow = typeof subscriptionChanges.$inferSelect;
type NewChange = Pick<ChangeRow, "tenantId" | "subscriptionId" | "kind" | "actor" | "requestKey"> & Partial<ChangeRow>;

/** The change that a request made before, so that asking again answers the same. */
export async function changeOfRequest(
  tx: Tx,
  tenantId: TenantId,
  requestKey: string | null,
): Promise<ChangeRow | null> {
  if (!requestKey) return null;
  const [row] = await tx
    .select()
    .from(subscriptionChanges)
    .where(and(eq(subscriptionChanges.tenantId, tenantId), eq(subscriptionChanges.requestKey, requestKey)));
  return row ?? null;
}

/** Writes a change down before Stripe is asked: one at a time per tenant. @throws AppError change_in_progress */
export async function openChange(tx: Tx, input: NewChange): Promise<ChangeRow> {
  const at = now();
  const [row] = await tx
    .insert(subscriptionChanges)
    .values({
      changeId: newId(),
      state: "started",
      createdAt: at,
      leaseUntil: new Date(at.getTime() + LEASE_MS),
      ...input,
    })
    .onConflictDoNothing()
    .returning();
  if (!row) throw new AppError("change_in_progress", "another change of the subscription is under way");
  return row;
}

async function finish(change: ChangeRow, state: ChangeState, values: Partial<ChangeRow> = {}): Promise<void> {
  await systemDb().transaction(async (tx) => {
    await tx
      .update(subscriptionChanges)
      .set({ state, ...(state !== "unknown" && { completedAt: now() }), ...values })
      .where(and(eq(subscriptionChanges.tenantId, change.tenantId), eq(subscriptionChanges.changeId, change.changeId)));
    if (state === "applied") await returnToBudget(tx, change.tenantId, change.changeId);
    const waited = state === "failed" ? waitedFrom(change.terms) : null;
    if (waited) await setPending(tx, change, waited);
    // A subscription that never came to be at Stripe leaves no row behind; the change remembers it.
    if (state === "failed" && change.kind === "create")
      await tx
        .delete(subscriptions)
        .where(
          and(
            eq(subscriptions.tenantId, change.tenantId),
            eq(subscriptions.subscriptionId, change.subscriptionId),
            eq(subscriptions.status, "incomplete"),
          ),
        );
  });
}

/** A change that is ours alone is made by the transaction that notes it. */
export async function completeChange(tx: Tx, change: ChangeRow): Promise<void> {
  await tx
    .update(subscriptionChanges)
    .set({ state: "applied", completedAt: now() })
    .where(and(eq(subscriptionChanges.tenantId, change.tenantId), eq(subscriptionChanges.changeId, change.changeId)));
}

/** A change that reached Stripe and came to nothing. */
export const failChange = (change: ChangeRow, code: string): Promise<void> =>
  finish(change, "failed", { failureCode: code });

/** Changes that make an invoice of their own, paid at once. */
const PAID_AT_ONCE: readonly ChangeRow["kind"][] = ["create", "upgrade", "resume"];

/**
 * Records what became of a change, and brings our row to what Stripe says: the same for the answer and the resolver.
 * @param askedAt when Stripe was asked
 * @throws AppError payment_method_declined · invalid_request · stripe_unavailable (its outcome is being found out)
 */
export async function recordChange(change: ChangeRow, outcome: SubscriptionOutcome, askedAt: Date): Promise<void> {
  switch (outcome.kind) {
    case "subscription":
      await applySubscription(outcome.subscription, askedAt);
      return finish(change, outcome.subscription.status === "incomplete" ? "requires_action" : "applied", {
        stripeInvoiceId: outcome.subscription.latestInvoiceId,
        chargedMinor: PAID_AT_ONCE.includes(change.kind) ? outcome.subscription.latestInvoicePaidMinor : null,
      });
    case "declined":
      await finish(change, "failed", {
        failureCode: outcome.code,
        failureMessage: outcome.message,
      });
      throw declined(outcome);
    case "refused":
      await finish(change, "failed", { failureCode: outcome.code, failureMessage: outcome.message });
      throw new AppError("change_refused", outcome.message);
    default:
      await finish(change, "unknown", { failureMessage: outcome.message });
      throw new AppError(
        "stripe_unavailable",
        "Stripe did not answer; whether the change was made is being found out, and shows here in a minute",
      );
  }
}
