import { now } from "@/lib/clock";
import { newId } from "@/lib/ids";
import type { Engine } from "../engine";
import { evaluateExpression } from "../expressions";
import { dropTimer, enqueue } from "../state/queue";
import { asJson } from "../state/runs";
import type { Tx } from "../state/writer";
import { durationMs } from "../time/durations";
import type { FunctionDefinition } from "../wire/config";
import type { EventPayload } from "../wire/types";
import type { Beginning } from "./start";

/** Whatever `maxSize` says, a batch of so much data begins at once. */
const LARGEST_BATCH_BYTES = 10 * 1024 * 1024;
const TIMER = "open";

interface Held {
  id: string;
  events: EventPayload[];
  /** Debounced: when it begins however many events come. */
  until: Date | null;
}

/** Adds an event to the batch of its key. @returns the run of the batch that is now full, if it is */
export async function addToBatch(
  engine: Engine,
  tx: Tx,
  fn: FunctionDefinition,
  event: EventPayload,
): Promise<Beginning[]> {
  if (!fn.batchEvents) return [];
  const { maxSize, timeout } = fn.batchEvents;
  const key = keyOf(fn.batchEvents.key, event);
  const held = await findHeld(tx, fn.id, key);
  const events = [...(held?.events ?? []), event];
  const isFull = events.length >= maxSize || Buffer.byteLength(JSON.stringify(events)) >= LARGEST_BATCH_BYTES;
  if (isFull) {
    if (held) await letGo(engine, tx, held);
    return [{ fn, events, cron: false }];
  }
  if (held) await tx.sql`update runs set events = ${asJson(tx.sql, events)} where id = ${held.id}`;
  else await hold(engine, tx, fn, { key, events, until: null, dueAt: now().getTime() + durationMs(timeout) });
  return [];
}

/** Puts a function off until no event of the key has come for the period; it then sees the last one. */
export async function debounce(engine: Engine, tx: Tx, fn: FunctionDefinition, event: EventPayload): Promise<void> {
  if (!fn.debounce) return;
  const { period, timeout } = fn.debounce;
  const key = keyOf(fn.debounce.key, event);
  const nowMs = now().getTime();
  const held = await findHeld(tx, fn.id, key);
  const until = held ? held.until : timeout ? new Date(nowMs + durationMs(timeout)) : null;
  if (held) await letGo(engine, tx, held);
  const dueAt = Math.min(nowMs + durationMs(period), until?.getTime() ?? Number.POSITIVE_INFINITY);
  await hold(engine, tx, fn, { key, events: [event], until, dueAt });
}

/** The time of held events is over. @returns the run they become, unless they are gone */
export async function open(engine: Engine, tx: Tx, runId: string): Promise<Beginning[]> {
  const [held] = await tx.sql<(Held & { fnId: string })[]>`
    delete from runs where id = ${runId} and status = 'held' returning id, fn_id as "fnId", events`;
  const fn = held && engine.registry.find(held.fnId);
  return fn ? [{ fn, events: held.events, cron: false }] : [];
}

async function findHeld(tx: Tx, fnId: string, key: string): Promise<Held | null> {
  const [held] = await tx.sql<Held[]>`
    select id, events, held_until as until from runs where status = 'held' and fn_id = ${fnId} and held_key = ${key}`;
  return held ?? null;
}

async function hold(
  engine: Engine,
  tx: Tx,
  fn: FunctionDefinition,
  held: { key: string; events: EventPayload[]; until: Date | null; dueAt: number },
): Promise<void> {
  const run = { id: newId(), fnId: fn.id, slots: [], cron: false, priority: 0 };
  await tx.sql`
    insert into runs (id, fn_id, status, events, slots, cron, started_at, held_key, held_until)
    values (${run.id}, ${fn.id}, 'held', ${asJson(tx.sql, held.events)}, '[]', false, ${now()}, ${held.key}, ${held.until})`;
  await enqueue(tx, engine.queue, [{ run, stepId: TIMER, kind: "open", dueAt: held.dueAt }]);
}

async function letGo(engine: Engine, tx: Tx, held: Held): Promise<void> {
  await dropTimer(tx, engine.queue, held.id, TIMER, "open");
  await tx.sql`delete from runs where id = ${held.id}`;
}

function keyOf(expression: string | undefined, event: EventPayload): string {
  return expression ? String(evaluateExpression(expression, { event })) : "";
}
