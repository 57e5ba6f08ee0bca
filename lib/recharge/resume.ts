import { eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { Statement } from "@/db/in-one-go";
import { rechargeRules } from "@/db/schema";
import type { AppEvent } from "@/inngest/events";
import type { PaymentMethodId } from "@/lib/ids";
import { notice } from "./notices";
import type { SettleContext } from "./settling";
import type { RuleRow } from "./setup";

const TRIED_AGAIN = { consecutiveFailures: 0, retryAt: null };
const RESUMED = { ...TRIED_AGAIN, pausedAt: null, pauseReason: null, pausedFingerprint: null, episodeId: null };

function change(tx: Tx, rule: RuleRow, values: typeof TRIED_AGAIN | typeof RESUMED) {
  Object.assign(rule, values);
  return tx
    .update(rechargeRules)
    .set({ ...values, blockedFingerprint: rule.blockedFingerprint })
    .where(eq(rechargeRules.tenantId, rule.tenantId));
}

/** Tells that a rule charges again that was paused since `pausedAt`; null: it was not. */
export async function noticeOfResumption(
  tx: Tx,
  rule: RuleRow,
  after: AppEvent[],
  pausedAt: Date | null,
  paymentMethodId: PaymentMethodId | null,
): Promise<void> {
  if (pausedAt === null || !rule.enabled) return;
  const content = { kind: "resumed", params: { paymentMethodId } } as const;
  await notice(tx, after, rule.tenantId, `pause:${pausedAt.toISOString()}`, content);
}

/** Takes a rule out of its pause and back-off. The caller holds the rule's lock. @returns whether it was paused */
export async function resume(
  tx: Tx,
  rule: RuleRow,
  after: AppEvent[],
  paymentMethodId: PaymentMethodId | null,
): Promise<boolean> {
  const { pausedAt } = rule;
  await change(tx, rule, RESUMED);
  await noticeOfResumption(tx, rule, after, pausedAt, paymentMethodId);
  return pausedAt !== null;
}

/**
 * A payment that succeeded ends pause and back-off, and the block of its own card. The pause of a disputed or returned payment ends
 * only with one that a person began since: one that was on its way already says nothing about the dispute.
 * @returns the statement that does so, and since when the rule had been paused that is not any more
 */
export function resumeOnSuccess({ tx, rule, attempt }: SettleContext): {
  statement: Statement;
  pausedAt: Date | null;
} {
  if (rule.blockedFingerprint !== null && rule.blockedFingerprint === attempt.fingerprint)
    rule.blockedFingerprint = null;
  const wasAskedFor = attempt.trigger === "manual" && rule.pausedAt !== null && attempt.createdAt >= rule.pausedAt;
  if (rule.pauseReason === "returned" && !wasAskedFor)
    return { statement: change(tx, rule, TRIED_AGAIN), pausedAt: null };
  const { pausedAt } = rule;
  return { statement: change(tx, rule, RESUMED), pausedAt };
}
