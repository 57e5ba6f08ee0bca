import { now } from "@/lib/clock";
import { newId } from "@/lib/ids";
import type { Engine } from "../engine";
import { evaluateExpression } from "../expressions";
import { claimOnce, takeThrottle } from "../state/once";
import { enqueue } from "../state/queue";
import { findSingleton, insertRuns, type NewRun, type Slot } from "../state/runs";
import type { Tx } from "../state/writer";
import { durationMs } from "../time/durations";
import type { FunctionDefinition } from "../wire/config";
import { DISCOVERY, type EventPayload } from "../wire/types";
import { finishRun } from "./finish";

export interface Candidate {
  fn: FunctionDefinition;
  event: EventPayload;
  /** A cron tick, which carries its own guard against running twice. */
  cron: boolean;
}

/** Starts a run for each function and event, except those that an event id, an idempotency key or a singleton forbids. */
export async function startRuns(engine: Engine, tx: Tx, candidates: Candidate[]): Promise<void> {
  const fresh = await claim(tx, candidates, ({ fn, event, cron }) => (cron ? null : `${fn.id}|event|${event.id}`));
  const allowed = await claim(tx, fresh, ({ fn, event }) => {
    const key = fn.idempotency && evaluateExpression(fn.idempotency, { event });
    return key === undefined ? null : `${fn.id}|key|${String(key)}`;
  });
  const plain = allowed.filter(({ fn }) => !fn.singleton);
  await insert(engine, tx, plain, null);
  for (const candidate of allowed) if (candidate.fn.singleton) await startSingleton(engine, tx, candidate);
}

async function claim(
  tx: Tx,
  candidates: Candidate[],
  keyOf: (candidate: Candidate) => string | null,
): Promise<Candidate[]> {
  const keyed = candidates.map((candidate) => ({ candidate, key: keyOf(candidate) }));
  const free = await claimOnce(
    tx,
    keyed.flatMap(({ key }) => key ?? []),
  );
  return keyed.filter(({ key }) => key === null || free.delete(key)).map(({ candidate }) => candidate);
}

async function startSingleton(engine: Engine, tx: Tx, candidate: Candidate): Promise<void> {
  const { fn, event } = candidate;
  const key = fn.singleton?.key ? String(evaluateExpression(fn.singleton.key, { event })) : "";
  const running = await findSingleton(tx, fn.id, key);
  if (running && fn.singleton?.mode === "skip") return;
  if (running)
    await finishRun(engine, tx, running, "cancelled", {
      error: { name: "Cancelled", message: "a newer run took its place" },
    });
  await insert(engine, tx, [candidate], key);
}

async function insert(engine: Engine, tx: Tx, candidates: Candidate[], singleton: string | null): Promise<void> {
  const runs = candidates.map<NewRun>(({ fn, event, cron }) => ({
    id: newId(),
    fnId: fn.id,
    events: [event],
    slots: slotsOf(fn, event),
    singleton,
    cron,
  }));
  await insertRuns(tx, runs);
  const items = [];
  for (const [index, run] of runs.entries()) {
    const candidate = candidates[index];
    if (candidate)
      items.push({ run, stepId: DISCOVERY, kind: "call" as const, dueAt: await firstCallAt(tx, candidate) });
  }
  await enqueue(tx, engine.queue, items);
}

function slotsOf(fn: FunctionDefinition, event: EventPayload): Slot[] {
  return (fn.concurrency ?? []).map(({ limit, key, scope }) => ({
    limit,
    key: `${scope === "fn" ? fn.id : scope}|${key ? String(evaluateExpression(key, { event })) : ""}`,
  }));
}

/** An event with a future `ts` delays its runs; a throttle may delay them further. */
async function firstCallAt(tx: Tx, { fn, event }: Candidate): Promise<number> {
  const nowMs = now().getTime();
  const stated = event.name.startsWith("inngest/") ? nowMs : Math.max(nowMs, event.ts);
  if (!fn.throttle) return stated;
  const key = `${fn.id}|${fn.throttle.key ? String(evaluateExpression(fn.throttle.key, { event })) : ""}`;
  const { limit, period, burst = 1 } = fn.throttle;
  return Math.max(stated, await takeThrottle(tx, key, { limit, periodMs: durationMs(period), burst }));
}
