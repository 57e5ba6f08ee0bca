import { and, asc, eq, isNull, lte, or, type SQL } from "drizzle-orm";
import { systemDb, type Tx } from "@/db/client";
import { dunningCases, dunningSteps } from "@/db/schema";
import { now } from "@/lib/clock";
import { LEASE_MS } from "@/lib/recharge/claim";
import type { CaseRow, StepRow } from "./cases";

/** An attempt asks two cards at most, one after the other. */
const STEP_LEASE_MS = LEASE_MS * 2;

export type DueStep = { step: StepRow; dunning: CaseRow };

const isStep = (step: StepRow) =>
  and(
    eq(dunningSteps.tenantId, step.tenantId),
    eq(dunningSteps.caseId, step.caseId),
    eq(dunningSteps.position, step.position),
  );

const caseOfStep = and(eq(dunningCases.tenantId, dunningSteps.tenantId), eq(dunningCases.caseId, dunningSteps.caseId));

/** Steps still to be done: all of a running case, and the last one of a case that has ended in vain. */
const isToBeDone = and(
  isNull(dunningSteps.doneAt),
  or(eq(dunningCases.state, "active"), and(eq(dunningCases.state, "ended"), eq(dunningSteps.kind, "end"))),
);

const unclaimed = (at: Date): SQL | undefined =>
  or(isNull(dunningSteps.claimedUntil), lte(dunningSteps.claimedUntil, at));

/** What is due now and in nobody's hands, oldest first. */
export async function listDueSteps(limit: number): Promise<DueStep[]> {
  const at = now();
  return systemDb()
    .select({ step: dunningSteps, dunning: dunningCases })
    .from(dunningSteps)
    .innerJoin(dunningCases, caseOfStep)
    .where(and(isToBeDone, lte(dunningSteps.dueAt, at), unclaimed(at)))
    .orderBy(asc(dunningSteps.dueAt), asc(dunningSteps.position))
    .limit(limit);
}

/** Takes a step for as long as it can take: the WHERE is the lock. @returns false when somebody else has it, or it is done */
export async function claimStep(step: StepRow): Promise<boolean> {
  const at = now();
  const rows = await systemDb()
    .update(dunningSteps)
    .set({ claimedUntil: new Date(at.getTime() + STEP_LEASE_MS) })
    .where(and(isStep(step), isNull(dunningSteps.doneAt), unclaimed(at)))
    .returning({ position: dunningSteps.position });
  return rows.length > 0;
}

/** Notes what a step came to; one that was settled meanwhile keeps its own payment's outcome. */
export async function finishStep(tx: Tx, step: StepRow, outcome: string, paymentId: string | null): Promise<void> {
  await tx.update(dunningSteps).set({ doneAt: now(), outcome, paymentId }).where(isStep(step));
}

/** Not yet: it is looked at again then. */
export async function putOff(step: StepRow, ms: number): Promise<void> {
  await systemDb()
    .update(dunningSteps)
    .set({ claimedUntil: new Date(now().getTime() + ms) })
    .where(and(isStep(step), isNull(dunningSteps.doneAt)));
}

/** When the next step is due; null: there is none. */
export async function nextStepAt(): Promise<Date | null> {
  const rows = await systemDb()
    .select({ dueAt: dunningSteps.dueAt, claimedUntil: dunningSteps.claimedUntil })
    .from(dunningSteps)
    .innerJoin(dunningCases, caseOfStep)
    .where(isToBeDone)
    .orderBy(asc(dunningSteps.dueAt))
    .limit(1);
  const [first] = rows;
  if (!first) return null;
  return first.claimedUntil && first.claimedUntil > first.dueAt ? first.claimedUntil : first.dueAt;
}
