import { now } from "@/lib/clock";
import type { Engine } from "../engine";
import { enqueue } from "../state/queue";
import { asJson, type Run, saveRunProgress } from "../state/runs";
import type { Tx } from "../state/writer";
import { DISCOVERY, type StepValue } from "../wire/types";

/** Keeps the result of a step, the first one for good. */
export async function keepStep(
  tx: Tx,
  run: Run,
  stepId: string,
  value: StepValue,
  name?: string | null,
): Promise<void> {
  await tx.sql`
    insert into steps (run_id, id, name, value) values (${run.id}, ${stepId}, ${name ?? null}, ${asJson(tx.sql, value)})
    on conflict (run_id, id) do nothing`;
}

/**
 * Keeps the result of a step and lets the run go on: with the next discovery, unless parallel steps are still open.
 * A repeated result goes on too; a run that waited for the first one would hang otherwise.
 */
export async function saveStep(
  engine: Engine,
  tx: Tx,
  run: Run,
  stepId: string,
  value: StepValue,
  name?: string | null,
): Promise<void> {
  await keepStep(tx, run, stepId, value, name);
  run.pending = run.pending.filter((id) => id !== stepId);
  if (run.pending.length === 0) run.planning = false;
  await saveRunProgress(tx, run);
  if (run.pending.length === 0) await discover(engine, tx, run);
}

/** Owes the run a call from the top. */
export async function discover(engine: Engine, tx: Tx, run: Run): Promise<void> {
  await enqueue(tx, engine.queue, [{ run, stepId: DISCOVERY, kind: "call", dueAt: now().getTime() }]);
}
