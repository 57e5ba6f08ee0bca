import type { Engine } from "../engine";
import { findRun } from "../state/runs";
import { isOp } from "../wire/call";
import { asStepError, isRecord } from "../wire/types";
import { finishRun } from "./finish";
import { LimitExceeded } from "./limits";
import { keepStep } from "./steps";

export interface Reply {
  status: number;
  body: unknown;
}

/**
 * `POST /v1/checkpoint/:run/async`: steps that finished while their call is still open.
 * Refused with 409 unless it comes from the call that is open now; the SDK then stops.
 */
export async function checkpoint(engine: Engine, runId: string, body: unknown): Promise<Reply> {
  const stale: Reply = { status: 409, body: { error: "stale dispatch", status: 409 } };
  if (!isRecord(body) || !Array.isArray(body.steps))
    return { status: 400, body: { error: "steps are missing", status: 400 } };
  const lease = String(body.qi_id);
  const ops = body.steps.filter(isOp);
  const other = ops.find((op) => op.op !== "StepRun");
  if (other) return { status: 400, body: { error: `embedded executor: cannot checkpoint ${other.op}`, status: 400 } };
  const keep = engine.writer.run(async (tx) => {
    // Looked at inside the transition: a call that has ended meanwhile has given up its lease.
    if (engine.leases.get(lease) !== runId) return stale;
    const run = await findRun(tx.sql, runId);
    if (run?.status !== "running") return stale;
    for (const op of ops) await keepStep(tx, run, op.id, { data: op.data ?? null }, op.displayName);
    return { status: 200, body: {} };
  });
  return keep.catch(async (error: unknown) => {
    if (!(error instanceof LimitExceeded)) throw error;
    await engine.writer.run(async (tx) => {
      const run = await findRun(tx.sql, runId);
      if (run?.status === "running") await finishRun(engine, tx, run, "failed", { error: asStepError(error) });
    });
    return stale;
  });
}
