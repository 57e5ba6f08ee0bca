import { and, desc, eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { rechargeDecisions } from "@/db/schema";
import { type AttemptId, newId } from "@/lib/ids";
import { inputsOf, type Verdict } from "./decide";
import type { Setup } from "./setup";

/**
 * Leaves the row that says why. A sweep that finds the same reason as the row before it counts that row up instead: an account
 * that waits for a week would otherwise fill the page with 2,000 equal lines.
 */
export async function recordDecision(
  tx: Tx,
  setup: Setup,
  verdict: Verdict,
  attemptId: AttemptId | null,
): Promise<void> {
  const { situation: s, rule } = setup;
  const inputs = inputsOf(s, verdict);
  const nextPossibleAt = verdict.kind === "skip" ? verdict.nextPossibleAt : null;
  if (s.trigger === "sweep" && verdict.kind === "skip") {
    const [last] = await tx
      .select({ decisionId: rechargeDecisions.decisionId, reason: rechargeDecisions.reason })
      .from(rechargeDecisions)
      .where(eq(rechargeDecisions.tenantId, rule.tenantId))
      .orderBy(desc(rechargeDecisions.createdAt), desc(rechargeDecisions.decisionId))
      .limit(1);
    if (last?.reason === verdict.reason) {
      await tx
        .update(rechargeDecisions)
        .set({ repeats: sql`${rechargeDecisions.repeats} + 1`, lastAt: s.now, inputs, nextPossibleAt })
        .where(and(eq(rechargeDecisions.tenantId, rule.tenantId), eq(rechargeDecisions.decisionId, last.decisionId)));
      return;
    }
  }
  await tx.insert(rechargeDecisions).values({
    tenantId: rule.tenantId,
    decisionId: newId(),
    trigger: s.trigger,
    outcome: verdict.kind === "charge" ? "charge" : verdict.reason === "dry_run" ? "dry_run" : "skip",
    reason: verdict.reason,
    inputs,
    attemptId,
    nextPossibleAt,
    createdAt: s.now,
    lastAt: s.now,
  });
}
