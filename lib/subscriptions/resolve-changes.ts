import { and, asc, eq, inArray, lte } from "drizzle-orm";
import { systemDb } from "@/db/client";
import { subscriptionChanges } from "@/db/schema";
import { now } from "@/lib/clock";
import { AppError } from "@/lib/errors";
import { log } from "@/lib/log";
import { LEASE_MS } from "@/lib/recharge/claim";
import type { SubscriptionSnapshot } from "@/lib/stripe/subscription";
import { fetchSubscription, listSubscriptionsOf, type SubscriptionOutcome } from "@/lib/stripe/subscriptions";
import { type ChangeRow, failChange, recordChange } from "./changes";
import { firstPayment } from "./create";
import type { SubscriptionRow } from "./end";
import { notPaid } from "./pause";
import { readSubscription } from "./queries";
import { sendAgain } from "./send-again";
import { applySubscription } from "./sync";
import { claimTrial } from "./trial";

/** Stripe may forget an idempotency key after 24 hours; an hour earlier it is not sent again. */
const KEY_TRUSTED_MS = 23 * 3_600_000;
/** A customer who is asked by the bank has hours; the webhook usually brings the end of it. */
const AUTHENTICATION_LOOK_MS = 3_600_000;
const UNRESOLVED = ["started", "unknown", "requires_action"] as const;

const isUnresolved = inArray(subscriptionChanges.state, [...UNRESOLVED]);

/** Takes over a change whose lease has ended: the WHERE is the lock. */
async function takeOver({ tenantId, changeId, state }: ChangeRow): Promise<ChangeRow | null> {
  const at = now();
  const leaseMs = state === "requires_action" ? AUTHENTICATION_LOOK_MS : LEASE_MS;
  const [row] = await systemDb()
    .update(subscriptionChanges)
    .set({ leaseUntil: new Date(at.getTime() + leaseMs) })
    .where(
      and(
        eq(subscriptionChanges.tenantId, tenantId),
        eq(subscriptionChanges.changeId, changeId),
        isUnresolved,
        lte(subscriptionChanges.leaseUntil, at),
      ),
    )
    .returning();
  return row ?? null;
}

/** The subscription at Stripe; null for one that never came to be there. @throws Stripe's errors */
async function lookUp(change: ChangeRow, row: SubscriptionRow): Promise<SubscriptionSnapshot | null> {
  if (row.stripeSubscriptionId) return fetchSubscription(row.stripeSubscriptionId);
  if (change.kind !== "create" || !row.stripeCustomerId) return null;
  const all = await listSubscriptionsOf(row.stripeCustomerId);
  return all.find((said) => said.subscriptionId === change.subscriptionId) ?? null;
}

/** Whether what Stripe says shows that the change was made. A change names itself there, except where nothing can be named. */
function isMade(change: ChangeRow, said: SubscriptionSnapshot): boolean {
  if (change.kind === "create" || said.changeId === change.changeId) return true;
  if (change.kind === "cancel" && change.terms.when === "now") return said.endedAt !== null;
  if (change.kind === "pause") return said.status === "paused";
  return change.kind === "resume" && said.status !== "paused";
}

/** What follows an answer, whenever it comes. @throws AppError as the change itself does */
async function settle(change: ChangeRow, outcome: SubscriptionOutcome, askedAt: Date): Promise<void> {
  const said = outcome.kind === "subscription" ? outcome.subscription : null;
  if (change.kind === "resume" && said?.status === "paused" && outcome.kind === "subscription") {
    await applySubscription(said, askedAt);
    return notPaid(change, outcome);
  }
  await recordChange(change, outcome, askedAt);
  if (change.kind !== "create" || !said) return;
  await firstPayment(change, said);
  if (said.trialEnd) await claimTrial(change.tenantId, change.subscriptionId);
}

const ENDED_UNPAID = ["canceled", "incomplete_expired"];

/** The bank wanted the customer: it was there, or it never came, or it still may. */
async function resolveAuthentication(change: ChangeRow, said: SubscriptionSnapshot, askedAt: Date): Promise<void> {
  await applySubscription(said, askedAt);
  if (ENDED_UNPAID.includes(said.status)) await failChange(change, "authentication_required");
  else if (said.status !== "incomplete")
    await recordChange(change, { kind: "subscription", subscription: said }, askedAt);
}

async function resolve(change: ChangeRow): Promise<void> {
  const row = await readSubscription(systemDb(), change.tenantId, change.subscriptionId);
  const askedAt = now();
  const said = await lookUp(change, row);
  if (change.state === "requires_action") {
    if (said) await resolveAuthentication(change, said, askedAt);
    return;
  }
  if (said && isMade(change, said)) return settle(change, { kind: "subscription", subscription: said }, askedAt);
  if (askedAt.getTime() - change.createdAt.getTime() >= KEY_TRUSTED_MS) return failChange(change, "abandoned");
  const outcome = await sendAgain(change, row);
  return outcome ? settle(change, outcome, askedAt) : failChange(change, "abandoned");
}

/**
 * Finds out at Stripe what became of changes that nobody has heard of: first by looking, then, while the key is trusted, by sending
 * the same again.
 * @returns how many were looked at, and how many have come to an end
 */
export async function resolveChanges(limit: number): Promise<{ due: number; settled: number }> {
  const due = await systemDb()
    .select()
    .from(subscriptionChanges)
    .where(and(isUnresolved, lte(subscriptionChanges.leaseUntil, now())))
    .orderBy(asc(subscriptionChanges.leaseUntil))
    .limit(limit);
  let settled = 0;
  for (const change of due) {
    const taken = await takeOver(change);
    if (!taken) continue;
    const { tenantId, changeId } = taken;
    try {
      await resolve(taken);
      settled += 1;
    } catch (error) {
      // A refusal is an end as well, and is noted on the change.
      if (error instanceof AppError && error.code !== "stripe_unavailable") settled += 1;
      else log().warn({ err: error, tenantId, changeId }, "a change of a subscription is not resolved yet");
    }
  }
  return { due: due.length, settled };
}

/** When the next one is due to be asked about; null: there is none. */
export async function nextChangeCheckAt(): Promise<Date | null> {
  const [row] = await systemDb()
    .select({ at: subscriptionChanges.leaseUntil })
    .from(subscriptionChanges)
    .where(isUnresolved)
    .orderBy(asc(subscriptionChanges.leaseUntil))
    .limit(1);
  return row?.at ?? null;
}
