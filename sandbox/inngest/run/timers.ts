import type { Engine } from "../engine";
import { settleItem } from "../state/queue";
import { findRun } from "../state/runs";
import type { Tx } from "../state/writer";
import type { QueueItem } from "../time/due-queue";
import { saveStep } from "./steps";

/** A sleep ends, or a wait or an invocation runs out of time. */
export async function recordTimer(engine: Engine, tx: Tx, item: QueueItem): Promise<void> {
  if (!(await settleItem(tx, item))) return;
  const run = await findRun(tx.sql, item.runId);
  if (run?.status !== "running") return;
  if (item.kind === "wake") return saveStep(engine, tx, run, item.stepId, { data: null }, item.name);
  const [wait] = await tx.sql<{ kind: string }[]>`
    delete from waits where run_id = ${run.id} and step_id = ${item.stepId} returning kind`;
  if (!wait) return;
  const timedOut = {
    error: { name: "InngestInvokeTimeoutError", message: "the invoked function did not finish in time" },
  };
  await saveStep(engine, tx, run, item.stepId, wait.kind === "invoke" ? timedOut : { data: null }, item.name);
}
