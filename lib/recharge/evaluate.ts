import { systemDb, type Tx } from "@/db/client";
import { inOneGo } from "@/db/in-one-go";
import type { Trigger } from "@/db/schema/recharge";
import { send } from "@/inngest/client";
import type { AppEvent } from "@/inngest/events";
import type { TenantId } from "@/lib/ids";
import { setRechargeCheckAt } from "@/lib/ledger/accounts";
import { log } from "@/lib/log";
import type { AttemptRow } from "./attempt";
import { claim } from "./claim";
import { decide, type Verdict } from "./decide";
import { closeEpisode, openEpisode } from "./episode";
import { execute } from "./execute";
import { noticeOfNearLimits, noticeOfSkip } from "./notices";
import { recordDecision } from "./record-decision";
import { resolveAttempt } from "./resolve";
import { lockRule, readSetup, type Setup } from "./setup";
import type { Reason } from "./types";

/** However sure a decision is that nothing can change, it is looked at again after this long. */
const LONGEST_WAIT_MS = 24 * 3_600_000;
/** Open attempts are asked about after their lease by whoever looks next. */
const RECHECK_OPEN_MS = 120_000;

export type Evaluation = { outcome: Verdict["kind"]; reason: Reason; attempt: AttemptRow | null };

function checkAgainAt({ situation: s }: Setup, verdict: Verdict): Date {
  const at = s.now.getTime();
  if (verdict.kind === "charge" || verdict.reason === "charge_in_progress" || verdict.reason === "outcome_unknown")
    return new Date(at + RECHECK_OPEN_MS);
  return new Date(Math.min(verdict.nextPossibleAt?.getTime() ?? Number.POSITIVE_INFINITY, at + LONGEST_WAIT_MS));
}

async function decideAndClaim(
  tx: Tx,
  tenantId: TenantId,
  trigger: Trigger,
  after: AppEvent[],
): Promise<Evaluation & { staleAttempt: AttemptRow["attemptId"] | null }> {
  const rule = await lockRule(tx, tenantId);
  const setup = await readSetup(tx, tenantId, trigger, rule);
  const verdict = decide(setup.situation);
  if (verdict.kind === "skip" && verdict.reason === "balance_not_low") {
    await closeEpisode(tx, rule);
    return { outcome: "skip", reason: verdict.reason, attempt: null, staleAttempt: null };
  }
  const { episodeId, statements } = openEpisode(tx, rule);
  statements.push(setRechargeCheckAt(tx, tenantId, checkAgainAt(setup, verdict)));
  if (verdict.kind === "skip") {
    await inOneGo(...statements);
    await recordDecision(tx, setup, verdict, setup.situation.open?.attemptId ?? null);
    await noticeOfSkip(tx, after, setup, verdict, episodeId);
    const waiting = verdict.reason === "charge_in_progress" || verdict.reason === "outcome_unknown";
    return {
      outcome: "skip",
      reason: verdict.reason,
      attempt: null,
      staleAttempt: waiting ? (setup.situation.open?.attemptId ?? null) : null,
    };
  }
  const attempt = await claim(tx, setup, verdict, null, statements);
  if (!attempt) return { outcome: "skip", reason: "charge_in_progress", attempt: null, staleAttempt: null };
  await recordDecision(tx, setup, verdict, attempt.attemptId);
  await noticeOfNearLimits(tx, after, setup, verdict);
  return { outcome: "charge", reason: verdict.reason, attempt, staleAttempt: null };
}

/**
 * Looks at a tenant's balance and charges when that is due: read everything, decide, reserve, all under the tenant's lock; then
 * charge. An open attempt whose outcome is not known is asked about at Stripe first. Safe to call at any time, any number of times.
 * @throws only when the database cannot be reached; what Stripe says is recorded, not thrown
 */
export async function evaluateTenant(tenantId: TenantId, trigger: Trigger): Promise<Evaluation> {
  const look = async () => {
    const after: AppEvent[] = [];
    const evaluation = await systemDb().transaction((tx) => decideAndClaim(tx, tenantId, trigger, after));
    await send(after);
    return evaluation;
  };
  let evaluation = await look();
  if (evaluation.staleAttempt && (await resolveAttempt(tenantId, evaluation.staleAttempt)) === "settled")
    evaluation = await look();
  log().info(
    {
      tenantId,
      trigger,
      outcome: evaluation.outcome,
      reason: evaluation.reason,
      attemptId: evaluation.attempt?.attemptId,
    },
    "recharge evaluated",
  );
  if (evaluation.attempt) await execute(evaluation.attempt);
  return { outcome: evaluation.outcome, reason: evaluation.reason, attempt: evaluation.attempt };
}
