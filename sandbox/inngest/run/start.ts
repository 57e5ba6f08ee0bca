import { now } from "@/lib/clock";
import { newId } from "@/lib/ids";
import type { Engine } from "../engine";
import { evaluateExpression, holds } from "../expressions";
import { claimOnce, takeRate, takeThrottle } from "../state/once";
import { enqueue, type NewItem } from "../state/queue";
import { findSingleton, insertRuns, type NewRun, type Slot } from "../state/runs";
import type { Tx } from "../state/writer";
import { durationMs } from "../time/durations";
import type { FunctionDefinition } from "../wire/config";
import { DISCOVERY, type EventPayload, INTERNAL_EVENT } from "../wire/types";
import { finishRun } from "./finish";
import { addToBatch, debounce } from "./hold";

/** The farthest that `priority.run` can move a run. */
const MOST_PRIORITY_SECONDS = 600;

export interface Candidate {
  fn: FunctionDefinition;
  event: EventPayload;
  /** A cron tick, which carries its own guard against running twice. */
  cron: boolean;
  /** Not to be called before (milliseconds on the product's clock). */
  notBefore?: number;
}

/** A run that begins. */
export interface Beginning extends Omit<Candidate, "event"> {
  events: EventPayload[];
}

/** Starts a run for each function and event, except those that an event id, an idempotency key or a rate forbids or that wait for more events. */
export async function startRuns(engine: Engine, tx: Tx, candidates: Candidate[]): Promise<void> {
  const fresh = await claim(tx, candidates, ({ fn, event, cron }) => (cron ? null : `${fn.id}|event|${event.id}`));
  const allowed = await claim(tx, fresh, ({ fn, event }) => {
    const key = fn.idempotency && evaluateExpression(fn.idempotency, { event });
    return key === undefined ? null : `${fn.id}|key|${String(key)}`;
  });
  const begin: Beginning[] = [];
  for (const candidate of allowed) {
    const { fn, event } = candidate;
    if (!(await isWithinRate(tx, candidate))) continue;
    // An invoker waits for a run of its own.
    const isInvoked = event.name === INTERNAL_EVENT.invoked;
    const batches = fn.batchEvents && !isInvoked && holds(fn.batchEvents.if, { event });
    if (batches) begin.push(...(await addToBatch(engine, tx, fn, event)));
    else if (fn.debounce && !isInvoked) await debounce(engine, tx, fn, event);
    else begin.push({ ...candidate, events: [event] });
  }
  await beginRuns(engine, tx, begin);
}

/** Begins runs, but those that a singleton forbids. */
export async function beginRuns(engine: Engine, tx: Tx, beginnings: Beginning[]): Promise<void> {
  await insert(
    engine,
    tx,
    beginnings.filter(({ fn }) => !fn.singleton),
    null,
  );
  for (const beginning of beginnings) if (beginning.fn.singleton) await beginSingleton(engine, tx, beginning);
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

/** Takes a place of the function's rate; what finds none is dropped. An idempotency key replaces the rate. */
async function isWithinRate(tx: Tx, { fn, event }: Candidate): Promise<boolean> {
  if (!fn.rateLimit || fn.idempotency) return true;
  const { limit, period } = fn.rateLimit;
  return takeRate(tx, keyOf(fn, "rate", fn.rateLimit.key, event), { limit, periodMs: durationMs(period) });
}

async function beginSingleton(engine: Engine, tx: Tx, beginning: Beginning): Promise<void> {
  const { fn, events } = beginning;
  const key = fn.singleton?.key ? String(evaluateExpression(fn.singleton.key, { event: events[0] })) : "";
  const running = await findSingleton(tx, fn.id, key);
  if (running && fn.singleton?.mode === "skip") return;
  if (running)
    await finishRun(engine, tx, running, "cancelled", {
      error: { name: "Cancelled", message: "a newer run took its place" },
    });
  await insert(engine, tx, [beginning], key);
}

async function insert(engine: Engine, tx: Tx, beginnings: Beginning[], singleton: string | null): Promise<void> {
  const items: NewItem[] = [];
  const runs = beginnings.map<NewRun>(({ fn, events, cron }) => ({
    id: newId(),
    fnId: fn.id,
    events,
    slots: slotsOf(fn, events[0]),
    singleton,
    cron,
    priority: priorityOf(fn, events[0]),
  }));
  await insertRuns(tx, runs);
  for (const [index, run] of runs.entries()) {
    const beginning = beginnings[index];
    if (!beginning) continue;
    items.push({ run, stepId: DISCOVERY, kind: "call", dueAt: await firstCallAt(tx, beginning, run.priority) });
    const { start } = beginning.fn.timeouts ?? {};
    if (start) items.push({ run, stepId: "start", kind: "late", dueAt: now().getTime() + durationMs(start) });
  }
  await enqueue(tx, engine.queue, items);
}

function slotsOf(fn: FunctionDefinition, event: EventPayload | undefined): Slot[] {
  return (fn.concurrency ?? []).map(({ limit, key, scope }) => ({
    limit,
    key: `${scope === "fn" ? fn.id : scope}|${key ? String(evaluateExpression(key, { event })) : ""}`,
  }));
}

function priorityOf(fn: FunctionDefinition, event: EventPayload | undefined): number {
  const factor = fn.priority?.run ? Number(evaluateExpression(fn.priority.run, { event })) : 0;
  return Math.max(-MOST_PRIORITY_SECONDS, Math.min(MOST_PRIORITY_SECONDS, Math.trunc(factor) || 0));
}

/** An event with a future `ts` delays its runs, so does a priority below 0; a throttle may delay them further. */
async function firstCallAt(tx: Tx, { fn, events, notBefore = 0 }: Beginning, priority: number): Promise<number> {
  const [event] = events;
  const nowMs = now().getTime();
  const isStated = event && events.length === 1 && !event.name.startsWith("inngest/");
  const earliest = Math.max(nowMs - Math.min(priority, 0) * 1000, isStated ? event.ts : nowMs, notBefore);
  if (!fn.throttle || !event) return earliest;
  const { limit, period, burst = 1 } = fn.throttle;
  const places = { limit, periodMs: durationMs(period), burst };
  return Math.max(earliest, await takeThrottle(tx, keyOf(fn, "throttle", fn.throttle.key, event), places));
}

function keyOf(fn: FunctionDefinition, what: string, key: string | undefined, event: EventPayload): string {
  return `${fn.id}|${what}|${key ? String(evaluateExpression(key, { event })) : ""}`;
}
