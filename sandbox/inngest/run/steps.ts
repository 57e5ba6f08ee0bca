import { now } from "@/lib/clock";
import type { Engine } from "../engine";
import { enqueue } from "../state/queue";
import { asJson, type Run, saveRunProgress } from "../state/runs";
import type { Tx } from "../state/writer";
import { DISCOVERY, type StepValue } from "../wire/types";
import { LARGEST_STATE_BYTES, LimitExceeded, MOST_STEPS, outputBytes } from "./limits";

/** Keeps the result of a step, the first one for good. @throws LimitExceeded when the run outgrows what is kept */
export async function keepStep(
  tx: Tx,
  run: Run,
  stepId: string,
  value: StepValue,
  name?: string | null,
): Promise<void> {
  const bytes = outputBytes(value);
  const [grown] = await tx.sql<{ steps: number; bytes: string }[]>`
    with kept as (
      insert into steps (run_id, id, name, value) values (${run.id}, ${stepId}, ${name ?? null}, ${asJson(tx.sql, value)})
      on conflict (run_id, id) do nothing returning 1)
    update runs set step_count = step_count + 1, state_bytes = state_bytes + ${bytes}
    where id = ${run.id} and exists (select from kept) returning step_count as steps, state_bytes as bytes`;
  if (!grown) return;
  if (grown.steps > MOST_STEPS) throw new LimitExceeded(`a run has more than ${MOST_STEPS} steps`);
  if (Number(grown.bytes) > LARGEST_STATE_BYTES) throw new LimitExceeded("the state of a run is larger than 32 MiB");
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
