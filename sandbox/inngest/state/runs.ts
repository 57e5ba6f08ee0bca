import type postgres from "postgres";
import { now } from "@/lib/clock";
import type { EventPayload, StepValue } from "../wire/types";
import type { Tx } from "./writer";

/** `held`: not a run yet, but events that wait for more (batches, debouncing). */
export type RunStatus = "held" | "running" | "completed" | "failed" | "cancelled";

/** One place in a concurrency limit. */
export interface Slot {
  key: string;
  limit: number;
}

export interface Run {
  id: string;
  fnId: string;
  status: RunStatus;
  events: EventPayload[];
  slots: Slot[];
  /** Parallel steps without a result yet. While there are any, nothing new is discovered. */
  pending: string[];
  /** Parallel steps are under way: the SDK must only plan. */
  planning: boolean;
  /** The SDK's execution version, -1 until it has said. */
  version: number;
  cron: boolean;
  /** Seconds by which its calls overtake others that are due. */
  priority: number;
  startedAt: Date;
  /** When its first call was made; known of functions with `timeouts` only. */
  begunAt: Date | null;
}

export interface RunState extends Run {
  steps: { id: string; value: StepValue }[];
}

type AnySql = postgres.Sql | postgres.TransactionSql;

function columns(sql: AnySql) {
  return sql`id, fn_id as "fnId", status, events, slots, pending, planning, version, cron, priority,
    started_at as "startedAt", begun_at as "begunAt"`;
}

export async function findRun(sql: AnySql, id: string): Promise<Run | null> {
  const [run] = await sql<Run[]>`select ${columns(sql)} from runs where id = ${id}`;
  return run ?? null;
}

export async function findRunning(tx: Tx, fnIds: string[]): Promise<Run[]> {
  return tx.sql<Run[]>`select ${columns(tx.sql)} from runs where status = 'running' and fn_id = any(${fnIds})`;
}

/** The running run of a function that holds a singleton key. */
export async function findSingleton(tx: Tx, fnId: string, key: string): Promise<Run | null> {
  const [run] = await tx.sql<Run[]>`
    select ${columns(tx.sql)} from runs where status = 'running' and fn_id = ${fnId} and singleton = ${key} limit 1`;
  return run ?? null;
}

/** A run with its finished steps, in the order in which they finished. */
export async function loadRun(sql: AnySql, id: string): Promise<RunState | null> {
  const [run, steps] = await Promise.all([
    findRun(sql, id),
    sql<RunState["steps"]>`select id, value from steps where run_id = ${id} order by pos`,
  ]);
  return run && { ...run, steps: [...steps] };
}

export interface NewRun {
  id: string;
  fnId: string;
  events: EventPayload[];
  slots: Slot[];
  singleton: string | null;
  cron: boolean;
  priority: number;
}

export async function insertRuns(tx: Tx, runs: NewRun[]): Promise<void> {
  if (runs.length === 0) return;
  const rows = runs.map((run) => ({ ...run, fn_id: run.fnId }));
  await tx.sql`
    insert into runs (id, fn_id, status, events, slots, singleton, cron, priority, started_at)
    select id, fn_id, 'running', events, slots, singleton, cron, priority, ${now()}
    from jsonb_to_recordset(${asJson(tx.sql, rows)}) as row(
      id text, fn_id text, events jsonb, slots jsonb, singleton text, cron boolean, priority int)`;
}

export async function saveRunProgress(tx: Tx, run: Run): Promise<void> {
  await tx.sql`
    update runs set pending = ${run.pending}, planning = ${run.planning}, version = ${run.version} where id = ${run.id}`;
}

export async function endRun(tx: Tx, run: Run, status: RunStatus, result: unknown, error: unknown): Promise<void> {
  await tx.sql`
    update runs set status = ${status}, ended_at = ${now()}, pending = '{}',
      result = ${asJson(tx.sql, result)}, error = ${asJson(tx.sql, error)}
    where id = ${run.id}`;
  await tx.sql`delete from queue where run_id = ${run.id}`;
  await tx.sql`delete from waits where run_id = ${run.id}`;
}

/** A JSON parameter. What came from JSON or goes to it is by nature of its type; `undefined` becomes null. */
export function asJson(sql: AnySql, value: unknown): postgres.Parameter {
  return sql.json((value ?? null) as postgres.JSONValue);
}
