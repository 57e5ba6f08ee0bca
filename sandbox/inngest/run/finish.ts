import { now } from "@/lib/clock";
import { newId } from "@/lib/ids";
import type { Engine } from "../engine";
import { dropTimer } from "../state/queue";
import { endRun, findRun, type Run, type RunStatus } from "../state/runs";
import type { Tx } from "../state/writer";
import { type EventPayload, INTERNAL_EVENT, isRecord } from "../wire/types";
import { saveStep } from "./steps";

export type Outcome = { result: unknown } | { error: unknown };

/** Ends a run: its rows, whoever invoked it, and the internal events that start `onFailure` handlers. */
export async function finishRun(
  engine: Engine,
  tx: Tx,
  run: Run,
  status: Exclude<RunStatus, "running">,
  outcome: Outcome,
): Promise<void> {
  const result = "result" in outcome ? outcome.result : null;
  const error = "error" in outcome ? outcome.error : null;
  await endRun(tx, run, status, result, error);
  tx.afterCommit(() => {
    engine.queue.removeRun(run.id);
    if (run.cron) engine.crons.finished(run.fnId, result);
    else if (status === "completed" && engine.crons.foreseen(result)) engine.idleRuns.add(run.id);
    if (status === "failed") engine.log(`${run.fnId} failed: ${describe(error)} (run ${run.id})`);
  });
  await answerInvoker(engine, tx, run, outcome);
  emitEnd(tx, run, status, outcome);
}

/** The invoking step's id travels in the event that started the run. */
async function answerInvoker(engine: Engine, tx: Tx, run: Run, outcome: Outcome): Promise<void> {
  const [runId, stepId] = correlationOf(run)?.split(".") ?? [];
  if (!runId || !stepId) return;
  const waiting = await tx.sql`delete from waits where run_id = ${runId} and step_id = ${stepId} returning run_id`;
  const invoker = waiting.length ? await findRun(tx.sql, runId) : null;
  if (!invoker) return;
  const name = await dropTimer(tx, engine.queue, runId, stepId);
  await saveStep(engine, tx, invoker, stepId, "error" in outcome ? outcome : { data: outcome.result ?? null }, name);
}

function emitEnd(tx: Tx, run: Run, status: RunStatus, outcome: Outcome): void {
  const trigger = run.events[0];
  // A handler of these events must not set itself off.
  if (trigger?.name === INTERNAL_EVENT.failed || trigger?.name === INTERNAL_EVENT.finished) return;
  const data = {
    function_id: run.fnId,
    run_id: run.id,
    event: trigger,
    events: run.events,
    ...outcome,
    correlation_id: correlationOf(run),
    _inngest: { status },
  };
  const event = (name: string): EventPayload => ({ id: newId(), name, data, ts: now().getTime() });
  tx.emit(event(INTERNAL_EVENT.finished));
  if (status === "failed") tx.emit(event(INTERNAL_EVENT.failed));
  if (status === "cancelled") tx.emit(event(INTERNAL_EVENT.cancelled));
}

function correlationOf(run: Run): string | undefined {
  const invocation = run.events[0]?.data._inngest;
  return isRecord(invocation) && typeof invocation.correlation_id === "string" ? invocation.correlation_id : undefined;
}

export function describe(error: unknown): string {
  return isRecord(error) ? `${String(error.name ?? "Error")}: ${String(error.message ?? "")}` : String(error);
}
