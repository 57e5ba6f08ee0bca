import { and, eq, gte, lt, ne, or, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { reconciliationDifferences as differences } from "@/db/schema";
import { newId } from "@/lib/ids";
import type { Comparison } from "./compare";
import type { Difference } from "./decide";

export type Recorded = { found: number; foundNew: number; repaired: number };

const CHUNK = 500;

function rowOf(one: Difference, runId: string, at: Date, { repaired, errors }: Comparison) {
  const isRepaired = repaired.has(one.subjectId);
  return {
    differenceId: newId(),
    class: one.class,
    subjectId: one.subjectId,
    tenantId: one.tenantId,
    state: isRepaired ? ("repaired" as const) : ("open" as const),
    currency: one.currency,
    stripeMinor: one.stripeMinor,
    ourMinor: one.ourMinor,
    detail: one.detail,
    occurredAt: one.occurredAt,
    firstRunId: runId,
    lastRunId: runId,
    firstSeenAt: at,
    lastSeenAt: at,
    repairError: errors.get(one.subjectId) ?? null,
    resolvedAt: isRepaired ? at : null,
  };
}

const excluded = (column: string) => sql.raw(`excluded.${column}`);

/** What is found again is the same row; what an operator has explained stays explained as long as its amounts do. */
async function write(tx: Tx, rows: ReturnType<typeof rowOf>[]): Promise<number> {
  let fresh = 0;
  for (let i = 0; i < rows.length; i += CHUNK) {
    const same = sql`reconciliation_differences.state = 'explained' and excluded.state = 'open'
      and reconciliation_differences.stripe_minor is not distinct from excluded.stripe_minor
      and reconciliation_differences.our_minor is not distinct from excluded.our_minor`;
    const written = await tx
      .insert(differences)
      .values(rows.slice(i, i + CHUNK))
      .onConflictDoUpdate({
        target: [differences.class, differences.subjectId],
        set: {
          state: sql`case when ${same} then reconciliation_differences.state else excluded.state end`,
          resolvedAt: sql`case when ${same} then reconciliation_differences.resolved_at else excluded.resolved_at end`,
          tenantId: excluded("tenant_id"),
          stripeMinor: excluded("stripe_minor"),
          ourMinor: excluded("our_minor"),
          detail: excluded("detail"),
          repairError: excluded("repair_error"),
          lastRunId: excluded("last_run_id"),
          lastSeenAt: excluded("last_seen_at"),
        },
      })
      .returning({ isNew: sql<boolean>`${differences.firstRunId} = ${differences.lastRunId}` });
    fresh += written.filter(({ isNew }) => isNew).length;
  }
  return fresh;
}

/** What was open in the time and is not found any more has mended itself, by a late webhook or by somebody's hand. */
async function closeGone(tx: Tx, runId: string, at: Date, range: { from: Date; to: Date }): Promise<void> {
  const compared = and(gte(differences.occurredAt, range.from), lt(differences.occurredAt, range.to));
  await tx
    .update(differences)
    .set({ state: "gone", resolvedAt: at })
    .where(
      and(
        eq(differences.state, "open"),
        ne(differences.lastRunId, runId),
        // What waits is looked at however old it is.
        or(compared, eq(differences.class, "pending_too_long")),
      ),
    );
}

/** Keeps what a comparison has found. @param range what was compared */
export async function recordDifferences(
  tx: Tx,
  runId: string,
  at: Date,
  range: { from: Date; to: Date },
  comparison: Comparison,
): Promise<Recorded> {
  const { found, repaired } = comparison;
  const foundNew = await write(
    tx,
    found.map((one) => rowOf(one, runId, at, comparison)),
  );
  await closeGone(tx, runId, at, range);
  return { found: found.length, foundNew, repaired: repaired.size };
}
