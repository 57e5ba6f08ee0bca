import { and, asc, eq, inArray, lte } from "drizzle-orm";
import { systemDb } from "@/db/client";
import { rechargeAttempts, rechargeBrakes, rechargeRules } from "@/db/schema";
import { now } from "@/lib/clock";
import type { AttemptId, TenantId } from "@/lib/ids";
import { log } from "@/lib/log";
import type { IntentSnapshot } from "@/lib/stripe/intent";
import {
  type ChargeOutcome,
  cancelIntent,
  chargeOffSession,
  fetchIntent,
  findIntentOfAttempt,
} from "@/lib/stripe/payment-intents";
import { waitForTurn } from "@/lib/stripe/turns";
import { type AttemptRow, isOpen, OPEN_STATES } from "./attempt";
import { LEASE_MS } from "./claim";
import { chargeOf, execute } from "./execute";
import { ABANDONED } from "./record-failure";
import { recordOutcome } from "./settle";

/** Stripe may forget an idempotency key after 24 hours; an hour earlier we stop sending it again and only look. */
const KEY_TRUSTED_MS = 23 * 3_600_000;
/** A request that Stripe does not know this long after it was sent will not arrive any more. */
const LOST_AFTER_MS = 3_600_000;

export type Resolution = "settled" | "open" | "not_due";

/** Takes over an attempt whose lease has ended. The WHERE is the lock: zero rows means somebody else has it, or it lives. */
async function takeOver(tenantId: TenantId, attemptId: AttemptId): Promise<AttemptRow | null> {
  const at = now();
  const [row] = await systemDb()
    .update(rechargeAttempts)
    .set({ leaseUntil: new Date(at.getTime() + LEASE_MS) })
    .where(
      and(
        eq(rechargeAttempts.tenantId, tenantId),
        eq(rechargeAttempts.attemptId, attemptId),
        inArray(rechargeAttempts.state, [...OPEN_STATES]),
        lte(rechargeAttempts.leaseUntil, at),
      ),
    )
    .returning();
  return row ?? null;
}

async function mayStillCharge(attempt: AttemptRow): Promise<boolean> {
  const [row] = await systemDb()
    .select({
      enabled: rechargeRules.enabled,
      stoppedAt: rechargeRules.stoppedAt,
      stopAll: rechargeBrakes.stopAll,
      dryRun: rechargeBrakes.dryRun,
    })
    .from(rechargeRules)
    .leftJoin(rechargeBrakes, eq(rechargeBrakes.id, 1))
    .where(eq(rechargeRules.tenantId, attempt.tenantId));
  const wanted = attempt.trigger === "manual" || row?.enabled;
  return Boolean(wanted && !row?.stoppedAt && !row?.stopAll && !row?.dryRun);
}

const abandoned = (attempt: AttemptRow): ChargeOutcome => ({
  kind: "rejected",
  code: ABANDONED,
  message: `never reached Stripe (reserved ${attempt.createdAt.toISOString()})`,
});

async function lookUp(attempt: AttemptRow): Promise<IntentSnapshot | null> {
  if (attempt.stripePaymentIntentId) return fetchIntent(attempt.stripePaymentIntentId);
  return findIntentOfAttempt(attempt.stripeCustomerId, attempt.attemptId, attempt.createdAt);
}

/** Stripe may have been asked. Ask what became of it; if it does not know the attempt, the same key may be sent again while it is trusted. */
async function resolveAsked(attempt: AttemptRow): Promise<ChargeOutcome> {
  const found = await lookUp(attempt);
  if (found) return { kind: "intent", intent: found };
  const at = now();
  if (at.getTime() - attempt.createdAt.getTime() >= KEY_TRUSTED_MS) return abandoned(attempt);
  if (await mayStillCharge(attempt)) {
    await waitForTurn("charges", { isUrgent: attempt.trigger === "manual" });
    // If it is charged, then now and not when it was reserved: that is the time by which it counts against the limits.
    await systemDb()
      .update(rechargeAttempts)
      .set({ chargingAt: at })
      .where(and(eq(rechargeAttempts.tenantId, attempt.tenantId), eq(rechargeAttempts.attemptId, attempt.attemptId)));
    const outcome = await chargeOffSession(chargeOf(attempt));
    // A stored error comes back for a day. Stripe is done with the request and lists no payment for it: it came to nothing.
    return outcome.kind === "unknown" && outcome.replayed ? abandoned(attempt) : outcome;
  }
  const askedAt = attempt.chargingAt ?? attempt.createdAt;
  return at.getTime() - askedAt.getTime() >= LOST_AFTER_MS
    ? abandoned(attempt)
    : { kind: "unknown", message: "not known to Stripe yet, and charging is off now", replayed: false, tooMany: false };
}

async function outcomeOf(attempt: AttemptRow): Promise<ChargeOutcome | "executed"> {
  if (attempt.state === "reserved") {
    if (!(await mayStillCharge(attempt)))
      return { kind: "rejected", code: ABANDONED, message: "auto-recharge was turned off before the charge" };
    await execute(attempt);
    return "executed";
  }
  if (attempt.state !== "requires_action" || !attempt.stripePaymentIntentId) return resolveAsked(attempt);
  // Nobody finished it in time: ending it at Stripe first makes sure that nobody does later.
  const current = await fetchIntent(attempt.stripePaymentIntentId);
  const over = current.status === "succeeded" || current.status === "canceled" || current.status === "processing";
  return { kind: "intent", intent: over ? current : await cancelIntent(attempt.stripePaymentIntentId) };
}

/**
 * Finds out what became of an open attempt whose lease has ended, and records it. Never throws: an outcome that stays unknown is
 * asked about again.
 */
export async function resolveAttempt(tenantId: TenantId, attemptId: AttemptId): Promise<Resolution> {
  const attempt = await takeOver(tenantId, attemptId);
  if (!attempt) return "not_due";
  let outcome: ChargeOutcome | "executed";
  try {
    outcome = await outcomeOf(attempt);
  } catch (error) {
    outcome = {
      kind: "unknown",
      message: error instanceof Error ? error.message : String(error),
      replayed: false,
      tooMany: false,
    };
  }
  if (outcome !== "executed") await recordOutcome(tenantId, attemptId, outcome);
  const [after] = await systemDb()
    .select({ state: rechargeAttempts.state })
    .from(rechargeAttempts)
    .where(and(eq(rechargeAttempts.tenantId, tenantId), eq(rechargeAttempts.attemptId, attemptId)));
  log().info({ tenantId, attemptId, was: attempt.state, is: after?.state }, "recharge attempt resolved");
  return after && isOpen(after.state) ? "open" : "settled";
}

/** Open attempts whose lease has ended, oldest first. */
export async function listUnresolved(limit: number): Promise<{ tenantId: TenantId; attemptId: AttemptId }[]> {
  return systemDb()
    .select({ tenantId: rechargeAttempts.tenantId, attemptId: rechargeAttempts.attemptId })
    .from(rechargeAttempts)
    .where(and(inArray(rechargeAttempts.state, [...OPEN_STATES]), lte(rechargeAttempts.leaseUntil, now())))
    .orderBy(asc(rechargeAttempts.leaseUntil))
    .limit(limit);
}
