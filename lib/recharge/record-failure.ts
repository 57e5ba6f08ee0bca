import { and, eq, ne } from "drizzle-orm";
import { cardTries, paymentMethods, rechargeAttempts, rechargeRules } from "@/db/schema";
import { now } from "@/lib/clock";
import { setRechargeCheckAt } from "@/lib/ledger/accounts";
import type { IntentSnapshot } from "@/lib/stripe/intent";
import { type AfterFailure, afterFailure, retryAfter } from "./declines";
import { notice } from "./notices";
import { type SettleContext, updateAttempt } from "./settling";

/** How long a payment may wait for the customer before the resolver ends it. */
export const AUTHENTICATION_DAYS = 7;
const DAY_MS = 86_400_000;
/** The attempt was given up before Stripe knew of it. */
export const ABANDONED = "abandoned";

const keyOf = ({ attempt }: SettleContext) =>
  attempt.episodeId ? `episode:${attempt.episodeId}` : `attempt:${attempt.attemptId}`;

async function updateRule({ tx, rule }: SettleContext, values: Partial<typeof rule>): Promise<void> {
  Object.assign(rule, values);
  await tx.update(rechargeRules).set(values).where(eq(rechargeRules.tenantId, rule.tenantId));
}

/** The bank wants the customer present: the rule pauses and the link in the mail finishes this same payment. */
export async function recordAuthenticationNeeded(context: SettleContext, intent: IntentSnapshot): Promise<void> {
  const { tx, rule, attempt, after } = context;
  if (attempt.state === "requires_action") return;
  await updateAttempt(context, {
    state: "requires_action",
    stripePaymentIntentId: intent.paymentIntentId,
    leaseUntil: new Date(now().getTime() + AUTHENTICATION_DAYS * DAY_MS),
    failureCode: "authentication_required",
    declineCode: intent.error?.declineCode ?? null,
    failureMessage: intent.error?.message ?? null,
  });
  if (rule.enabled && !rule.pausedAt) {
    await updateRule(context, {
      pausedAt: now(),
      pauseReason: "authentication_required",
      pausedFingerprint: attempt.fingerprint,
      retryAt: null,
    });
  }
  await notice(tx, after, attempt.tenantId, keyOf(context), {
    kind: "needs_authentication",
    params: { attemptId: attempt.attemptId, totalMinor: attempt.totalMinor, paymentMethodId: attempt.paymentMethodId },
  });
}

async function hasUntriedBackup({ tx, rule, attempt }: SettleContext): Promise<boolean> {
  if (!rule.backupPaymentMethodId || rule.backupPaymentMethodId === attempt.paymentMethodId) return false;
  const [backup] = await tx
    .select({
      fingerprint: paymentMethods.fingerprint,
      status: paymentMethods.status,
      removedAt: paymentMethods.removedAt,
    })
    .from(paymentMethods)
    .where(
      and(eq(paymentMethods.tenantId, rule.tenantId), eq(paymentMethods.paymentMethodId, rule.backupPaymentMethodId)),
    );
  const usable = backup && backup.removedAt === null && (backup.status === "active" || backup.status === "failing");
  if (!usable || (backup.fingerprint !== null && backup.fingerprint === attempt.fingerprint)) return false;
  if (!attempt.episodeId) return true;
  const tried = await tx.$count(
    rechargeAttempts,
    and(
      eq(rechargeAttempts.tenantId, rule.tenantId),
      eq(rechargeAttempts.episodeId, attempt.episodeId),
      eq(rechargeAttempts.isBackup, true),
      ne(rechargeAttempts.attemptId, attempt.attemptId),
    ),
  );
  return tried === 0;
}

async function applyToRule(context: SettleContext, next: AfterFailure): Promise<void> {
  const { tx, attempt, after } = context;
  await updateRule(context, {
    consecutiveFailures: next.consecutiveFailures,
    retryAt: next.retryAt,
    pausedFingerprint: attempt.fingerprint,
    ...(next.blockFingerprint ? { blockedFingerprint: attempt.fingerprint } : {}),
    ...(next.pauseReason ? { pausedAt: now(), pauseReason: next.pauseReason } : {}),
  });
  if (next.tryBackup) {
    await setRechargeCheckAt(tx, attempt.tenantId, now());
    after.push({ name: "balance/low", data: { tenantId: attempt.tenantId, trigger: "retry" } });
  } else {
    await setRechargeCheckAt(tx, attempt.tenantId, next.retryAt ?? new Date(now().getTime() + DAY_MS));
  }
}

/** A card or bank said no. Automatic charges count towards back-off and pause; a person's own try does not move the timetable. */
export async function recordDecline(context: SettleContext, intent: IntentSnapshot): Promise<void> {
  const { tx, rule, attempt, after } = context;
  const failure = intent.error ?? { code: "declined", declineCode: null, adviceCode: null, message: null };
  await updateAttempt(context, {
    state: "failed",
    stripePaymentIntentId: intent.paymentIntentId,
    completedAt: now(),
    failureCode: failure.code,
    declineCode: failure.declineCode,
    failureMessage: failure.message,
  });
  if (attempt.trigger === "manual") return;
  const next = afterFailure({
    failure,
    failuresBefore: rule.consecutiveFailures,
    isBackup: attempt.isBackup,
    hasUntriedBackup: await hasUntriedBackup(context),
    primaryBlocked: rule.blockedFingerprint !== null,
    now: now(),
  });
  await applyToRule(context, next);
  if (next.pauseReason) {
    await notice(tx, after, attempt.tenantId, keyOf(context), {
      kind: "paused",
      params: {
        paymentMethodId: attempt.paymentMethodId,
        reason: next.pauseReason === "hard_decline" ? "paused_hard_decline" : "paused_declines",
      },
    });
  }
  // The first decline of an episode is told at once, also when it pauses the rule: that mail names the charge, this one the state.
  if (!next.pauseReason || next.consecutiveFailures === 1) {
    await notice(tx, after, attempt.tenantId, keyOf(context), {
      kind: "declined",
      params: {
        attemptId: attempt.attemptId,
        totalMinor: attempt.totalMinor,
        paymentMethodId: attempt.paymentMethodId,
        retryAt: next.retryAt?.toISOString() ?? null,
        backup: next.tryBackup ? 1 : 0,
      },
    });
  }
}

/**
 * Stripe refused the request itself: nothing was charged and no card was asked. A fault of ours or of the configuration does not
 * count as a decline, but must not be repeated every five minutes either.
 */
export async function recordRefusedRequest(
  context: SettleContext,
  outcome: { code: string; message: string },
): Promise<void> {
  const { attempt, tx } = context;
  if (attempt.state !== "reserved" && attempt.state !== "charging" && attempt.state !== "unknown") return;
  await updateAttempt(context, {
    state: "failed",
    completedAt: now(),
    failureCode: outcome.code,
    declineCode: null,
    failureMessage: outcome.message,
  });
  await tx
    .delete(cardTries)
    .where(and(eq(cardTries.tenantId, attempt.tenantId), eq(cardTries.tryId, attempt.attemptId)));
  if (attempt.trigger === "manual") return;
  const retryAt = outcome.code === ABANDONED ? null : retryAfter(1, now());
  if (retryAt) await updateRule(context, { retryAt });
  await setRechargeCheckAt(tx, attempt.tenantId, retryAt ?? now());
}
