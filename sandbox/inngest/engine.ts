import type postgres from "postgres";
import type { Registry } from "./registry";
import type { Writer } from "./state/writer";
import type { CronTable } from "./time/crons";
import type { DueQueue } from "./time/due-queue";
import type { CallOptions } from "./wire/call";

/** What the parts of the executor share. */
export interface Engine {
  options: CallOptions;
  sql: postgres.Sql;
  writer: Writer;
  queue: DueQueue;
  registry: Registry;
  crons: CronTable;
  /** Runs whose call is open, by the lease of that call: a checkpoint under any other lease is stale. */
  leases: Map<string, string>;
  /** Runs that ended by saying that nothing has happened: their work does not end the crons' quiet. */
  idleRuns: Set<string>;
  log(message: string): void;
}
