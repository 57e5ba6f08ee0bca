import postgres from "postgres";
import type { Engine } from "./engine";
import { listen } from "./http/listen";
import { Participant } from "./participant";
import { type CallRecord, Pump } from "./pump";
import { Registry } from "./registry";
import { dispatch } from "./run/dispatch";
import { becomeOnlyExecutor } from "./state/lock";
import { prune } from "./state/prune";
import { loadQueue } from "./state/queue";
import { createSchema, SCHEMA } from "./state/schema";
import { Writer } from "./state/writer";
import { AppSync } from "./sync";
import { CronTable } from "./time/crons";
import { DueQueue } from "./time/due-queue";
import { Move } from "./time/move";

const PRUNE_EVERY_MS = 60_000;
const CONNECTIONS = 8;
/** Name of our connections in `pg_stat_activity`. */
export const APPLICATION = "evenkeel embedded executor";

export interface ExecutorOptions {
  databaseUrl: string;
  /** The app's Inngest endpoint, e.g. `http://127.0.0.1:3010/api/inngest`. */
  appUrl: string;
  /** 0 (the default) for a free port. */
  port?: number;
  /** Signs calls and checks the app's, as in production; without it the executor acts as a dev server. */
  signingKey?: string;
  /** Whether steps are reported while their call is open, which is how the SDK works by default. */
  checkpointing?: boolean;
  /** Longest call. Real time. */
  callTimeoutMs?: number;
  log?: (message: string) => void;
  /** Told about every call that has ended. */
  onCall?: (call: CallRecord) => void;
}

export interface Executor {
  url: string;
  /** Its part in moving time, for who is in the same process; others ask over HTTP. */
  participant: Participant;
  close(): Promise<void>;
}

/** Starts the embedded executor: not the Inngest server. It takes up whatever an earlier one has left undone. */
export async function startExecutor(options: ExecutorOptions): Promise<Executor> {
  const log = options.log ?? (() => undefined);
  const lock = await becomeOnlyExecutor(options.databaseUrl, () =>
    log("waiting for another executor on this database"),
  );
  const sql = postgres(options.databaseUrl, {
    max: CONNECTIONS,
    connection: { search_path: SCHEMA, application_name: APPLICATION },
    onnotice: () => undefined,
  });
  await createSchema(sql);

  const crons = new CronTable();
  const queue = new DueQueue();
  const registry = new Registry(sql, crons, options.appUrl);
  const move = new Move(() => crons.forgetQuiet());
  const reload = async () => {
    for (const item of await loadQueue(sql)) if (!queue.has(item.id) && !pump.isWorkingOn(item.id)) queue.add(item);
  };
  const recover = async () => {
    await lock.renew();
    await reload();
  };
  const writer = new Writer(sql, async (tx, events) => void (await dispatch(engine, tx, events)), recover);
  const engine: Engine = {
    options: {
      appUrl: options.appUrl,
      signingKey: options.signingKey ?? null,
      checkpointing: options.checkpointing ?? true,
      callTimeoutMs: options.callTimeoutMs ?? 7_200_000,
    },
    sql,
    writer,
    queue,
    registry,
    crons,
    leases: new Map(),
    idleRuns: new Set(),
    log,
  };
  const sync = new AppSync({
    appUrl: options.appUrl,
    signingKey: engine.options.signingKey,
    log,
    onBack: () => pump.release(),
  });
  const pump = new Pump(engine, move, (call) => {
    if (call.answer === "refused") sync.suspect();
    options.onCall?.(call);
  });
  await registry.load();
  await reload();

  const participant = new Participant(engine, pump, move);
  const http = await listen({ engine, pump, participant, sync }, options.port ?? 0);
  sync.start();
  pump.start();
  const pruning = setInterval(() => void prune(sql).catch((error) => log(`pruning: ${String(error)}`)), PRUNE_EVERY_MS);

  const close = async () => {
    clearInterval(pruning);
    sync.stop();
    pump.stop();
    writer.close();
    await http.close();
    await sql.end({ timeout: 1 });
    await lock.release();
  };
  return { url: http.url, participant, close };
}
