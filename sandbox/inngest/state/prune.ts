import type postgres from "postgres";
import { now } from "@/lib/clock";

const KEEP_RUNS = 3000;
const KEEP_EVENTS = 10_000;

/** Forgets finished runs and events beyond the newest few thousand, and claims whose 24 hours are over. */
export async function prune(sql: postgres.Sql): Promise<void> {
  await sql`delete from runs where ended_at is not null and seq < (select max(seq) from runs) - ${KEEP_RUNS}`;
  await sql`delete from events where dispatched and seq < (select max(seq) from events) - ${KEEP_EVENTS}`;
  await sql`delete from once where at < ${now()}::timestamptz - interval '24 hours'`;
  await sql`delete from throttles where next_at < ${now()}`;
}
