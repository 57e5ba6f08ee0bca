import type postgres from "postgres";
import { newId } from "@/lib/ids";
import type { DueQueue, QueueItem } from "../time/due-queue";
import type { Run } from "./runs";
import { asJson } from "./runs";
import type { Tx } from "./writer";

/**
 * `call`: ask the app. `wake`: a sleep ends. `expire`: a wait or an invocation times out. `open`: held events become a run.
 * `late`: a run has not started or not finished in time.
 */
export type QueueKind = "call" | "wake" | "expire" | "open" | "late";

export interface NewItem {
  run: Pick<Run, "id" | "fnId" | "slots" | "cron" | "priority">;
  stepId: string;
  kind: QueueKind;
  /** The step's name, for people. */
  name?: string | null;
  /** Milliseconds since the epoch, on the product's clock. */
  dueAt: number;
}

/** Owes work: the rows in this transaction, the queue in memory once it is committed. Work already owed is not owed twice. */
export async function enqueue(tx: Tx, queue: DueQueue, items: NewItem[]): Promise<void> {
  if (items.length === 0) return;
  const queued = items.map<QueueItem>(({ run, ...item }) => ({
    ...item,
    id: newId(),
    runId: run.id,
    fnId: run.fnId,
    slots: item.kind === "call" ? run.slots : [],
    cron: run.cron,
    priority: run.priority,
    attempt: 0,
    breaks: 0,
  }));
  const rows = queued.map((item) => ({
    id: item.id,
    run_id: item.runId,
    step_id: item.stepId,
    kind: item.kind,
    name: item.name,
    due_at: new Date(item.dueAt),
  }));
  const inserted = await tx.sql<{ id: string }[]>`
    insert into queue (id, run_id, step_id, kind, name, attempt, due_at)
    select id, run_id, step_id, kind, name, 0, due_at
    from jsonb_to_recordset(${asJson(tx.sql, rows)}) as row(
      id text, run_id text, step_id text, kind text, name text, due_at timestamptz)
    on conflict (run_id, step_id, kind) do nothing returning id`;
  const ids = new Set(inserted.map((row) => row.id));
  tx.afterCommit(() => {
    for (const item of queued) if (ids.has(item.id)) queue.add(item);
  });
}

/** Takes an item off the books. @returns false when it is gone: its run has ended, or the outcome is recorded already */
export async function settleItem(tx: Tx, item: QueueItem): Promise<boolean> {
  const rows = await tx.sql`delete from queue where id = ${item.id} returning id`;
  return rows.length > 0;
}

/** Forgets a timer: what it waited for has happened. @returns the name of the step it belonged to */
export async function dropTimer(
  tx: Tx,
  queue: DueQueue,
  runId: string,
  stepId: string,
  kind: QueueKind = "expire",
): Promise<string | null> {
  const rows = await tx.sql<{ id: string; name: string | null }[]>`
    delete from queue where run_id = ${runId} and step_id = ${stepId} and kind = ${kind} returning id, name`;
  tx.afterCommit(() => {
    for (const row of rows) queue.remove(row.id);
  });
  return rows[0]?.name ?? null;
}

/** Puts an item off to another attempt. */
export async function postpone(tx: Tx, queue: DueQueue, item: QueueItem): Promise<void> {
  await tx.sql`
    update queue set attempt = ${item.attempt}, breaks = ${item.breaks}, due_at = ${new Date(item.dueAt)} where id = ${item.id}`;
  tx.afterCommit(() => queue.add(item));
}

/** Everything owed, for a start or after a lost connection. */
export async function loadQueue(sql: postgres.Sql): Promise<QueueItem[]> {
  const rows = await sql<(Omit<QueueItem, "dueAt"> & { dueAt: Date })[]>`
    select q.id, q.run_id as "runId", r.fn_id as "fnId", q.step_id as "stepId", q.kind, q.name, q.attempt, q.breaks,
      q.due_at as "dueAt", case when q.kind = 'call' then r.slots else '[]' end as slots, r.cron, r.priority
    from queue q join runs r on r.id = q.run_id order by q.due_at`;
  return rows.map((row) => ({ ...row, dueAt: row.dueAt.getTime() }));
}
