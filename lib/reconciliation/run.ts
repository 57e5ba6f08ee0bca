import { and, eq, lt, ne, sql } from "drizzle-orm";
import { systemDb } from "@/db/client";
import { reconciliationDifferences, reconciliationRuns } from "@/db/schema";
import type { RunKind } from "@/db/schema/reconciliation";
import { now } from "@/lib/clock";
import { invariant } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { log } from "@/lib/log";
import { accountName } from "@/lib/stripe/statement";
import { compare } from "./compare";
import { recordDifferences } from "./record";

export type Run = typeof reconciliationRuns.$inferSelect;

const DAY_MS = 86_400_000;
/** Every run looks again at the days before the last one: what was under way then is settled now. */
const OVERLAP_MS = 3 * DAY_MS;
/** The first run looks back so far, and none looks back further. */
const FURTHEST_MS = 90 * DAY_MS;
const LEASE_MS = 30 * 60_000;

export const dayOf = (at: Date): string => at.toISOString().slice(0, 10);

/** From the overlap with the last run that came to its end, or the oldest difference that is open, whichever is earlier. */
async function windowStart(account: string, at: Date): Promise<Date> {
  const [row] = await systemDb()
    .select({
      last: sql<string | null>`max(${reconciliationRuns.windowEnd})::text`,
      open: sql<string | null>`(select min(occurred_at)::text from reconciliation_differences where state = 'open')`,
    })
    .from(reconciliationRuns)
    .where(and(eq(reconciliationRuns.account, account), eq(reconciliationRuns.state, "done")));
  const furthest = at.getTime() - FURTHEST_MS;
  if (!row?.last) return new Date(furthest);
  const wanted = Math.min(
    new Date(row.last).getTime() - OVERLAP_MS,
    row.open ? new Date(row.open).getTime() : Number.POSITIVE_INFINITY,
  );
  return new Date(Math.max(wanted, furthest));
}

/** The row first. Of a day's nightly run there is one: who does not get it has nothing to do, unless it failed or its runner died. */
async function begin(kind: RunKind, actor: string): Promise<Run | null> {
  const at = now();
  const account = accountName();
  const values = {
    kind,
    day: dayOf(at),
    account,
    state: "running" as const,
    windowStart: await windowStart(account, at),
    windowEnd: at,
    actor,
    startedAt: at,
    leaseUntil: new Date(at.getTime() + LEASE_MS),
    error: null,
    finishedAt: null,
  };
  const insert = systemDb()
    .insert(reconciliationRuns)
    .values({ runId: newId(), ...values });
  if (kind === "manual") return (await insert.returning())[0] ?? null;
  const [run] = await insert
    .onConflictDoUpdate({
      target: [reconciliationRuns.account, reconciliationRuns.day],
      targetWhere: sql`kind = 'nightly'`,
      set: values,
      setWhere: and(ne(reconciliationRuns.state, "done"), lt(reconciliationRuns.leaseUntil, at)),
    })
    .returning();
  return run ?? null;
}

async function finish(run: Run): Promise<Run> {
  const range = { from: run.windowStart, to: run.windowEnd };
  const comparison = await compare(range);
  return systemDb().transaction(async (tx) => {
    const at = now();
    const counts = await recordDifferences(tx, run.runId, at, range, comparison);
    const { payments, refunds, disputes } = comparison.compared;
    const [done] = await tx
      .update(reconciliationRuns)
      .set({
        state: "done",
        finishedAt: at,
        paymentsCompared: payments,
        refundsCompared: refunds,
        disputesCompared: disputes,
        ...counts,
      })
      .where(eq(reconciliationRuns.runId, run.runId))
      .returning();
    invariant(done, "the run is there");
    return done;
  });
}

/** A run that could not be made may be tried again at once. */
async function fail(run: Run, error: unknown): Promise<void> {
  const at = now();
  await systemDb()
    .update(reconciliationRuns)
    .set({
      state: "failed",
      finishedAt: at,
      leaseUntil: new Date(at.getTime() - 1),
      error: error instanceof Error ? error.message : String(error),
    })
    .where(eq(reconciliationRuns.runId, run.runId));
  log().error({ err: error, runId: run.runId }, "Stripe and the ledger could not be compared");
}

/**
 * Compares Stripe with the ledger, repairs what is safe, keeps the rest.
 * @param kind `nightly`: once a day; `manual`: whenever somebody asks @param actor who asks
 * @returns the run, or null when the day's run was made or is being made
 * @throws Stripe's errors, kept in the run
 */
export async function reconcile(kind: RunKind, actor: string): Promise<Run | null> {
  const run = await begin(kind, actor);
  if (!run) return null;
  try {
    return await finish(run);
  } catch (error) {
    await fail(run, error);
    throw error;
  }
}

/** How many differences wait for somebody. */
export const countOpen = (): Promise<number> =>
  systemDb().$count(reconciliationDifferences, eq(reconciliationDifferences.state, "open"));
