import { eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { rechargeRules } from "@/db/schema";
import type { AppEvent } from "@/inngest/events";
import type { PaymentMethodId } from "@/lib/ids";
import { closeEpisode } from "./episode";
import { notice } from "./notices";
import type { SettleContext } from "./settling";
import type { RuleRow } from "./setup";

/** Takes a rule out of its pause and back-off. The caller holds the rule's lock. @returns whether it was paused */
export async function resume(
  tx: Tx,
  rule: RuleRow,
  after: AppEvent[],
  paymentMethodId: PaymentMethodId | null,
): Promise<boolean> {
  const wasPaused = rule.pausedAt !== null;
  const since = rule.pausedAt?.toISOString() ?? "";
  Object.assign(rule, {
    consecutiveFailures: 0,
    retryAt: null,
    pausedAt: null,
    pauseReason: null,
    pausedFingerprint: null,
  });
  await tx
    .update(rechargeRules)
    .set({
      consecutiveFailures: 0,
      retryAt: null,
      pausedAt: null,
      pauseReason: null,
      pausedFingerprint: null,
      blockedFingerprint: rule.blockedFingerprint,
    })
    .where(eq(rechargeRules.tenantId, rule.tenantId));
  await closeEpisode(tx, rule);
  if (wasPaused && rule.enabled)
    await notice(tx, after, rule.tenantId, `pause:${since}`, { kind: "resumed", params: { paymentMethodId } });
  return wasPaused;
}

/**
 * A payment that succeeded ends pause and back-off, and the block of its own card. The pause of a disputed or returned payment ends
 * only with one that a person began since: one that was on its way already says nothing about the dispute.
 */
export async function resumeOnSuccess({ tx, rule, attempt, after }: SettleContext): Promise<void> {
  if (rule.blockedFingerprint !== null && rule.blockedFingerprint === attempt.fingerprint)
    rule.blockedFingerprint = null;
  const wasAskedFor = attempt.trigger === "manual" && rule.pausedAt !== null && attempt.createdAt >= rule.pausedAt;
  if (rule.pauseReason !== "returned" || wasAskedFor) {
    await resume(tx, rule, after, attempt.paymentMethodId);
    return;
  }
  const changes = { consecutiveFailures: 0, retryAt: null, blockedFingerprint: rule.blockedFingerprint };
  Object.assign(rule, changes);
  await tx.update(rechargeRules).set(changes).where(eq(rechargeRules.tenantId, rule.tenantId));
}
