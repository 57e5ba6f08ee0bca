import { sql } from "drizzle-orm";
import { systemDb } from "@/db/client";
import { jobRuns } from "@/db/schema";
import { now } from "@/lib/clock";

export type JobAge = { job: string; finishedAt: Date | null; ageSeconds: number | null; outcome: string | null };
export type Backlog = {
  unhandledEvents: number;
  oldestUnhandledEventSeconds: number | null;
  unsentNotices: number;
  /** Balances below their minimum that are due for a look. */
  dueBalances: number;
  unknownAttempts: number;
  attemptsLastDay: { state: string; count: number }[];
  jobs: JobAge[];
};

type Counts = {
  unhandled_events: string;
  oldest_event: string | null;
  unsent_notices: string;
  due_balances: string;
  unknown_attempts: string;
};

const secondsSince = (instant: Date | null, at: Date) =>
  instant ? Math.max(0, Math.round((at.getTime() - instant.getTime()) / 1000)) : null;

/** What waits to be done, read from the rows that must come first: a lost message changes nothing here. */
export async function readBacklog(): Promise<Backlog> {
  const at = now();
  const db = systemDb();
  const dayAgo = new Date(at.getTime() - 86_400_000).toISOString();
  const [[counts], attempts, jobs] = await Promise.all([
    db.execute<Counts>(sql`select
      (select count(*) from stripe_events where handled_at is null) as unhandled_events,
      (select min(received_at)::text from stripe_events where handled_at is null) as oldest_event,
      (select count(*) from notifications where sent_at is null) as unsent_notices,
      (select count(*) from ledger_accounts where needs_recharge and recharge_check_at <= ${at.toISOString()}::timestamptz) as due_balances,
      (select count(*) from recharge_attempts where state = 'unknown') as unknown_attempts`),
    db.execute<{ state: string; count: string }>(
      sql`select state, count(*) from recharge_attempts where created_at > ${dayAgo}::timestamptz group by state`,
    ),
    db.select().from(jobRuns),
  ]);
  return {
    unhandledEvents: Number(counts?.unhandled_events),
    oldestUnhandledEventSeconds: secondsSince(counts?.oldest_event ? new Date(counts.oldest_event) : null, at),
    unsentNotices: Number(counts?.unsent_notices),
    dueBalances: Number(counts?.due_balances),
    unknownAttempts: Number(counts?.unknown_attempts),
    attemptsLastDay: attempts.map((row) => ({ state: row.state, count: Number(row.count) })),
    jobs: jobs.map((run) => ({
      job: run.job,
      finishedAt: run.finishedAt,
      ageSeconds: secondsSince(run.finishedAt, at),
      outcome: run.outcome,
    })),
  };
}
