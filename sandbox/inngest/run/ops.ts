import { now } from "@/lib/clock";
import type { Engine } from "../engine";
import { enqueue } from "../state/queue";
import type { Run } from "../state/runs";
import { saveRunProgress } from "../state/runs";
import type { Tx } from "../state/writer";
import { dueAtMs } from "../time/durations";
import { INTERNAL_EVENT, isRecord, LAZY_OPS, type Op } from "../wire/types";
import { finishRun } from "./finish";
import { outputBytes } from "./limits";
import { discover, saveStep } from "./steps";

/** Carries out what the SDK reported, except `StepError`, which belongs to the item that was called (see outcome.ts). */
export async function applyOps(engine: Engine, tx: Tx, run: Run, ops: Op[]): Promise<void> {
  const steps = ops.filter((op) => !LAZY_OPS.has(op.op));
  if (steps.length > 1) {
    run.planning = true;
    run.pending = [...new Set([...run.pending, ...steps.map((op) => op.id)])];
    await saveRunProgress(tx, run);
  }
  for (const op of ops) await applyOp(engine, tx, run, op);
}

async function applyOp(engine: Engine, tx: Tx, run: Run, op: Op): Promise<void> {
  if (op.opts?.parallelMode === "race") return refuse(engine, tx, run, "parallel steps in race mode");
  switch (op.op) {
    case "StepRun":
      return saveStep(engine, tx, run, op.id, { data: op.data ?? null }, op.displayName);
    case "StepFailed":
      return saveStep(engine, tx, run, op.id, { error: op.error }, op.displayName);
    case "StepPlanned":
      return enqueue(tx, engine.queue, [{ run, stepId: op.id, kind: "call", dueAt: now().getTime() }]);
    case "Sleep":
      return sleep(engine, tx, run, op);
    case "WaitForEvent":
      return wait(engine, tx, run, op);
    case "InvokeFunction":
      return invoke(engine, tx, run, op);
    case "DiscoveryRequest":
      return discover(engine, tx, run);
    case "RunComplete":
      outputBytes({ data: op.data ?? null });
      return finishRun(engine, tx, run, "completed", { result: op.data ?? null });
    default:
      return refuse(engine, tx, run, op.op);
  }
}

async function refuse(engine: Engine, tx: Tx, run: Run, what: string): Promise<void> {
  const error = { name: "UnsupportedOpcode", message: `the embedded executor does not implement ${what}` };
  await finishRun(engine, tx, run, "failed", { error });
}

async function sleep(engine: Engine, tx: Tx, run: Run, op: Op): Promise<void> {
  const dueAt = dueAtMs(op.opts?.duration ?? op.name, now().getTime());
  await enqueue(tx, engine.queue, [{ run, stepId: op.id, kind: "wake", name: op.displayName, dueAt }]);
}

async function wait(engine: Engine, tx: Tx, run: Run, op: Op): Promise<void> {
  const event = String(op.opts?.event ?? op.name);
  const condition = typeof op.opts?.if === "string" ? op.opts.if : null;
  await tx.sql`
    insert into waits (run_id, step_id, kind, event, condition) values (${run.id}, ${op.id}, 'event', ${event}, ${condition})
    on conflict do nothing`;
  await enqueue(tx, engine.queue, [
    { run, stepId: op.id, kind: "expire", name: op.displayName, dueAt: dueAtMs(op.opts?.timeout, now().getTime()) },
  ]);
}

async function invoke(engine: Engine, tx: Tx, run: Run, op: Op): Promise<void> {
  const fnId = String(op.opts?.function_id);
  if (!engine.registry.find(fnId)) {
    const error = { name: "Error", message: `could not find function with ID: ${fnId}` };
    return saveStep(engine, tx, run, op.id, { error }, op.displayName);
  }
  const payload = isRecord(op.opts?.payload) ? op.opts.payload : {};
  const data = isRecord(payload.data) ? payload.data : {};
  const correlation = `${run.id}.${op.id}`;
  await tx.sql`insert into waits (run_id, step_id, kind) values (${run.id}, ${op.id}, 'invoke') on conflict do nothing`;
  await enqueue(tx, engine.queue, [
    { run, stepId: op.id, kind: "expire", name: op.displayName, dueAt: dueAtMs(op.opts?.timeout, now().getTime()) },
  ]);
  tx.emit({
    id: correlation,
    name: INTERNAL_EVENT.invoked,
    data: { ...data, _inngest: { fn_id: fnId, correlation_id: correlation } },
    ts: now().getTime(),
  });
}
