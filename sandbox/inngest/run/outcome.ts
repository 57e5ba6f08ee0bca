import { now } from "@/lib/clock";
import type { Engine } from "../engine";
import { postpone, settleItem } from "../state/queue";
import { findRun, type Run, saveRunProgress } from "../state/runs";
import type { Tx } from "../state/writer";
import { BROKEN_CALL_MS, retryDelayMs, unreachableDelayMs } from "../time/backoff";
import type { QueueItem } from "../time/due-queue";
import type { Answer } from "../wire/call";
import { finishRun } from "./finish";
import { outputBytes } from "./limits";
import { applyOps } from "./ops";
import { saveStep } from "./steps";

/** The SDK's execution version in which every parallel step is followed by a discovery; needs `optimizeParallelism: false`. */
const UNOPTIMIZED = 1;

/** Records what became of a call. Does nothing when that is recorded already, or the run has ended meanwhile. */
export async function recordAnswer(
  engine: Engine,
  tx: Tx,
  item: QueueItem,
  answer: Answer,
  maxAttempts: number,
): Promise<void> {
  if (answer.kind === "refused") {
    const refusals = item.refusals ?? 0;
    const held = { ...item, refusals: refusals + 1, heldUntil: performance.now() + unreachableDelayMs(refusals) };
    tx.afterCommit(() => engine.queue.add(held));
    return;
  }
  const [run, owed] = await Promise.all([
    findRun(tx.sql, item.runId),
    tx.sql`select 1 from queue where id = ${item.id}`,
  ]);
  if (run?.status !== "running" || owed.length === 0) return;
  await tx.sql`update runs set calls = calls + 1 where id = ${run.id}`;

  const retried = await retryIfDue(engine, tx, item, answer, maxAttempts);
  if (retried) return;
  await settleItem(tx, item);
  await settle(engine, tx, run, item, answer);
}

async function settle(
  engine: Engine,
  tx: Tx,
  run: Run,
  item: QueueItem,
  answer: Exclude<Answer, { kind: "refused" }>,
): Promise<void> {
  if (answer.kind === "broken" || answer.kind === "failed")
    return finishRun(engine, tx, run, "failed", { error: answer.error });
  if (answer.version === UNOPTIMIZED) {
    const error = {
      name: "UnsupportedOption",
      message: "the embedded executor does not implement optimizeParallelism: false",
    };
    return finishRun(engine, tx, run, "failed", { error });
  }
  if (run.version === -1 && answer.version !== null) {
    run.version = answer.version;
    await saveRunProgress(tx, run);
  }
  if (answer.kind === "returned") outputBytes({ data: answer.value });
  if (answer.kind === "returned") return finishRun(engine, tx, run, "completed", { result: answer.value });
  const failedStep = answer.ops.find((op) => op.op === "StepError");
  if (failedStep) return saveStep(engine, tx, run, failedStep.id, { error: failedStep.error }, failedStep.displayName);
  if (answer.ops.length === 0) throw new Error(`${item.fnId} answered 206 without a step`);
  await applyOps(engine, tx, run, answer.ops);
}

async function retryIfDue(
  engine: Engine,
  tx: Tx,
  item: QueueItem,
  answer: Answer,
  maxAttempts: number,
): Promise<boolean> {
  const failed =
    answer.kind === "broken" ||
    answer.kind === "failed" ||
    (answer.kind === "ops" && answer.ops.some((op) => op.op === "StepError"));
  if (!failed || item.attempt + 1 >= maxAttempts) return false;
  const next = { ...item, attempt: item.attempt + 1, refusals: 0, heldUntil: undefined };
  const nowMs = now().getTime();
  if (answer.kind === "broken") {
    const first = item.breaks === 0;
    await postpone(tx, engine.queue, {
      ...next,
      breaks: item.breaks + 1,
      dueAt: first ? nowMs : nowMs + retryDelayMs(item.attempt, null, nowMs),
      heldUntil: first ? performance.now() + BROKEN_CALL_MS : undefined,
    });
    return true;
  }
  if (!("noRetry" in answer) || answer.noRetry) return false;
  await postpone(tx, engine.queue, { ...next, dueAt: nowMs + retryDelayMs(item.attempt, answer.retryAfter, nowMs) });
  return true;
}
