import { now } from "@/lib/clock";
import type { Engine } from "../engine";
import { dropTimer, enqueue, settleItem } from "../state/queue";
import { findRun, type Run } from "../state/runs";
import type { Tx } from "../state/writer";
import type { QueueItem } from "../time/due-queue";
import { durationMs } from "../time/durations";
import type { FunctionDefinition } from "../wire/config";
import { finishRun } from "./finish";
import { open } from "./hold";
import { beginRuns } from "./start";
import { saveStep } from "./steps";

/** A sleep ends, a wait, an invocation or a run is out of time, or held events become a run. */
export async function recordTimer(engine: Engine, tx: Tx, item: QueueItem): Promise<void> {
  if (!(await settleItem(tx, item))) return;
  if (item.kind === "open") return beginRuns(engine, tx, await open(engine, tx, item.runId));
  const run = await findRun(tx.sql, item.runId);
  if (run?.status !== "running") return;
  if (item.kind === "late") {
    const error = { name: "Cancelled", message: `the run did not ${item.stepId} in time` };
    return finishRun(engine, tx, run, "cancelled", { error });
  }
  if (item.kind === "wake") return saveStep(engine, tx, run, item.stepId, { data: null }, item.name);
  const [wait] = await tx.sql<{ kind: string }[]>`
    delete from waits where run_id = ${run.id} and step_id = ${item.stepId} returning kind`;
  if (!wait) return;
  const timedOut = {
    error: { name: "InngestInvokeTimeoutError", message: "the invoked function did not finish in time" },
  };
  await saveStep(engine, tx, run, item.stepId, wait.kind === "invoke" ? timedOut : { data: null }, item.name);
}

/** Notes the first call of a run: it has started in time, and must finish in time. */
export async function noteBegun(engine: Engine, tx: Tx, run: Run, fn: FunctionDefinition): Promise<void> {
  await tx.sql`update runs set begun_at = ${now()} where id = ${run.id}`;
  await dropTimer(tx, engine.queue, run.id, "start", "late");
  const { finish } = fn.timeouts ?? {};
  if (!finish) return;
  const dueAt = now().getTime() + durationMs(finish);
  await enqueue(tx, engine.queue, [{ run, stepId: "finish", kind: "late", dueAt }]);
}
