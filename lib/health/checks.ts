import { sql } from "drizzle-orm";
import { systemDb } from "@/db/client";
import { log } from "@/lib/log";
import { type Backlog, readBacklog } from "./backlog";

/** `warn` needs somebody's attention but is not cured by taking this instance out of service; `fail` is. */
export type Check = { status: "pass" | "warn" | "fail"; detail: string; value?: number | null };
export type Health = { status: "ready" | "degraded" | "unavailable"; checks: Record<string, Check> };

export const SWEEP_JOB = "sweep-balances";
/** Three sweeps missed, two rounds of the event sweeper, an attempt that the resolver should have cleared. */
export const OLDEST_SWEEP_SECONDS = 15 * 60;
const OLDEST_EVENT_SECONDS = 10 * 60;
const LARGEST_BACKLOG = 1_000;

async function database(): Promise<Check> {
  const startedAt = performance.now();
  try {
    await systemDb().execute(sql`select 1`);
    return { status: "pass", detail: "answers", value: Math.round(performance.now() - startedAt) };
  } catch (error) {
    log().error({ err: error }, "the database does not answer");
    return { status: "fail", detail: "does not answer" };
  }
}

function sweep(backlog: Backlog): Check {
  const age = backlog.jobs.find((run) => run.job === SWEEP_JOB)?.ageSeconds ?? null;
  if (age === null) return { status: "pass", detail: "has not run yet", value: null };
  return age > OLDEST_SWEEP_SECONDS
    ? { status: "warn", detail: "the last sweep is long ago", value: age }
    : { status: "pass", detail: "seconds since the last sweep", value: age };
}

function backlogCheck(backlog: Backlog): Check {
  const value = backlog.unhandledEvents + backlog.unsentNotices + backlog.dueBalances;
  return { status: value > LARGEST_BACKLOG ? "warn" : "pass", detail: "events, notices and balances that wait", value };
}

function oldestEvent(backlog: Backlog): Check {
  const value = backlog.oldestUnhandledEventSeconds;
  return {
    status: (value ?? 0) > OLDEST_EVENT_SECONDS ? "warn" : "pass",
    detail: "seconds that the oldest unhandled event waits",
    value,
  };
}

function unknownAttempts({ unknownAttempts: value }: Backlog): Check {
  return { status: value > 0 ? "warn" : "pass", detail: "charges whose outcome is not known yet", value };
}

/** Whether this instance can serve, and what deserves a look. Ready as long as the database answers. */
export async function readHealth(): Promise<Health> {
  const checks: Record<string, Check> = { database: await database() };
  if (checks.database?.status === "fail") return { status: "unavailable", checks };
  const backlog = await readBacklog();
  Object.assign(checks, {
    lastSweep: sweep(backlog),
    backlog: backlogCheck(backlog),
    oldestEvent: oldestEvent(backlog),
    unknownAttempts: unknownAttempts(backlog),
  });
  const degraded = Object.values(checks).some((check) => check.status !== "pass");
  return { status: degraded ? "degraded" : "ready", checks };
}
