import { createHash } from "node:crypto";
import { z } from "zod";
import { now } from "@/lib/clock";
import { newId } from "@/lib/ids";
import type { Engine } from "../engine";
import { asJson } from "../state/runs";
import type { Tx } from "../state/writer";
import { durationMs } from "../time/durations";
import { type EventPayload, INTERNAL_EVENT } from "../wire/types";
import { dispatch } from "./dispatch";
import { LARGEST_EVENT_BYTES, MOST_EVENTS } from "./limits";
import { startRuns } from "./start";

const received = z.looseObject({
  name: z
    .string()
    .min(1)
    .max(256)
    .refine(
      (name) => !name.toLowerCase().startsWith("inngest/"),
      "names that begin with inngest/ are the server's own",
    ),
  id: z.string().optional(),
  data: z.record(z.string(), z.unknown()).nullish(),
  ts: z.number().nullish(),
});
const fitting = received.refine(
  (event) => Buffer.byteLength(JSON.stringify(event)) <= LARGEST_EVENT_BYTES,
  `an event is larger than ${LARGEST_EVENT_BYTES / 1024} KiB`,
);
const batch = z.preprocess((body) => (Array.isArray(body) ? body : [body]), z.array(fitting).max(MOST_EVENTS));

/** @throws z.ZodError when a body of `POST /e/:key` is not events */
export function readEvents(body: unknown) {
  return batch.parse(body);
}

/**
 * Stores events and sets off what they set off, in one transaction.
 * @param seed `x-inngest-event-id-seed`, the same when the SDK repeats a request: repeated events get the same ids and set nothing off
 * @returns the ids given to them
 */
export async function receiveEvents(
  engine: Engine,
  given: ReturnType<typeof readEvents>,
  seed: string | null,
): Promise<string[]> {
  // The SDK stamps events with the machine's clock and repeats that stamp in the seed; here they happen now, on the product's clock.
  const stamp = seed ? Number(seed.split(",")[0]) : null;
  const nowMs = now().getTime();
  const rows = given.map((event, index) => {
    const id = newId();
    const ts = event.ts && event.ts !== stamp ? event.ts : nowMs;
    const payload: EventPayload = { ...event, id: event.id ?? id, data: event.data ?? {}, ts };
    return { id, seed: seed && `${seed}:${index}`, name: event.name, payload };
  });
  return engine.writer.run(async (tx) => {
    const inserted = await tx.sql<{ id: string }[]>`
      insert into events (id, seed, name, payload, received_at, dispatched)
      select id, seed, name, payload, ${now()}, ${engine.registry.known}
      from jsonb_to_recordset(${asJson(tx.sql, rows)}) as row(id text, seed text, name text, payload jsonb)
      on conflict do nothing returning id`;
    const fresh = new Set(inserted.map((row) => row.id));
    const events = rows.filter((row) => fresh.has(row.id)).map((row) => row.payload);
    const handled = engine.registry.known ? await dispatch(engine, tx, events) : new Set();
    // What becomes of the others is known when their runs have ended.
    if (events.some((event) => !handled.has(event))) tx.afterCommit(() => engine.crons.noteActivity());
    return fresh.size === rows.length ? rows.map((row) => row.id) : idsBySeed(tx, rows);
  });
}

async function idsBySeed(tx: Tx, rows: { id: string; seed: string | null }[]): Promise<string[]> {
  const seeds = rows.flatMap((row) => row.seed ?? []);
  const stored = await tx.sql<{ id: string; seed: string }[]>`select id, seed from events where seed = any(${seeds})`;
  const first = new Map(stored.map((row) => [row.seed, row.id]));
  return rows.map((row) => (row.seed && first.get(row.seed)) || row.id);
}

/** Sets off what was received before the app had registered for the first time. */
export async function dispatchBacklog(engine: Engine): Promise<void> {
  await engine.writer.run(async (tx) => {
    const rows = await tx.sql<{ payload: EventPayload; seq: string }[]>`
      update events set dispatched = true where not dispatched returning payload, seq`;
    const inOrder = [...rows].sort((a, b) => Number(a.seq) - Number(b.seq));
    await dispatch(
      engine,
      tx,
      inOrder.map((row) => row.payload),
    );
  });
}

/** Starts the run of a cron tick, unless that tick has had its run. */
export async function startTick(
  engine: Engine,
  tick: { key: string; fnId: string; cron: string; at: number },
): Promise<void> {
  const fn = engine.registry.find(tick.fnId);
  if (!fn) return;
  const at = new Date(tick.at);
  const jitter = fn.triggers.find(({ cron }) => cron === tick.cron)?.jitter;
  const notBefore = tick.at + (jitter ? jitterMs(tick, durationMs(jitter)) : 0);
  const data = { cron: tick.cron, scheduledAt: at.toISOString(), fireAt: new Date(notBefore).toISOString() };
  const event: EventPayload = { id: newId(), name: INTERNAL_EVENT.cron, data, ts: tick.at };
  await engine.writer.run(async (tx) => {
    const claimed =
      await tx.sql`update crons set last_tick = ${at} where key = ${tick.key} and last_tick < ${at} returning key`;
    if (claimed.length) await startRuns(engine, tx, [{ fn, event, cron: true, notBefore }]);
  });
}

/** A share of the longest jitter that looks random and is the same in each run of a story. */
function jitterMs(tick: { key: string; at: number }, longestMs: number): number {
  const share = createHash("sha256").update(`${tick.key}|${tick.at}`).digest().readUInt32BE() / 2 ** 32;
  return Math.floor(share * longestMs);
}
