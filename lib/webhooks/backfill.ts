import { asc, eq } from "drizzle-orm";
import { systemDb } from "@/db/client";
import { jobRuns, tenants } from "@/db/schema";
import { now } from "@/lib/clock";
import type { StripeEventId } from "@/lib/ids";
import { listEventsSince } from "@/lib/stripe/events";
import { HANDLED_TYPES } from "./dispatch";
import { storeEvents } from "./inbox";

const JOB = "stripe-backfill";
/** Events become listable with some delay, and clocks differ: every look goes back a little further than the last one came. */
const OVERLAP_MS = 15 * 60_000;
/** Stripe keeps events for 30 days. */
const FURTHEST_MS = 29 * 86_400_000;
const LIMIT = 2_000;

/** Where the first look of all begins: nothing at Stripe that is ours is older than the first tenant. */
async function firstTenantAt(): Promise<Date | null> {
  const [row] = await systemDb()
    .select({ createdAt: tenants.createdAt })
    .from(tenants)
    .orderBy(asc(tenants.createdAt))
    .limit(1);
  return row?.createdAt ?? null;
}

/**
 * Asks Stripe for the events since the last look and stores those that no webhook brought.
 * @returns the ids that were new, to be handled
 * @throws Stripe's errors; the next look starts where this one did
 */
export async function backfillEvents(): Promise<StripeEventId[]> {
  const at = now();
  const [run] = await systemDb().select({ cursorAt: jobRuns.cursorAt }).from(jobRuns).where(eq(jobRuns.job, JOB));
  const last = run?.cursorAt ?? (await firstTenantAt()) ?? at;
  const from = Math.max(last.getTime() - OVERLAP_MS, at.getTime() - FURTHEST_MS);
  const events = await listEventsSince(new Date(from), HANDLED_TYPES, LIMIT);
  // Only types that have a handler are asked for.
  const fresh = await storeEvents(
    events.map((event) => ({ ...event, isDone: false })),
    "backfill",
  );
  const cursorAt = events.length >= LIMIT ? (events.at(-1)?.createdAt ?? at) : at;
  await systemDb()
    .insert(jobRuns)
    .values({ job: JOB, cursorAt, finishedAt: at })
    .onConflictDoUpdate({ target: jobRuns.job, set: { cursorAt, finishedAt: at } });
  return [...fresh];
}
