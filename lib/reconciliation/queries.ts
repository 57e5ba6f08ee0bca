import { and, asc, desc, eq, ne } from "drizzle-orm";
import { systemDb } from "@/db/client";
import { reconciliationDifferences, reconciliationRuns, tenants } from "@/db/schema";
import { now } from "@/lib/clock";
import { AppError } from "@/lib/errors";
import type { Run } from "./run";

export type StoredDifference = typeof reconciliationDifferences.$inferSelect & { tenantName: string | null };

const RUNS_SHOWN = 14;
/** More of them than anybody reads is a fault of another kind. */
const MOST_SHOWN = 500;

/** The last runs, newest first. */
export const listRuns = (): Promise<Run[]> =>
  systemDb().select().from(reconciliationRuns).orderBy(desc(reconciliationRuns.startedAt)).limit(RUNS_SHOWN);

const withTenant = () =>
  systemDb()
    .select({ difference: reconciliationDifferences, tenantName: tenants.name })
    .from(reconciliationDifferences)
    .leftJoin(tenants, eq(tenants.tenantId, reconciliationDifferences.tenantId));

type Joined = Awaited<ReturnType<typeof withTenant>>;
const flat = (rows: Joined): StoredDifference[] =>
  rows.map((row) => ({ ...row.difference, tenantName: row.tenantName }));

/** Differences that wait for somebody, by class, oldest first. */
export const listOpen = async (): Promise<StoredDifference[]> =>
  flat(
    await withTenant()
      .where(eq(reconciliationDifferences.state, "open"))
      .orderBy(asc(reconciliationDifferences.class), asc(reconciliationDifferences.occurredAt))
      .limit(MOST_SHOWN),
  );

/** What was repaired, mended itself or was explained, newest first. */
export const listClosed = async (limit: number): Promise<StoredDifference[]> =>
  flat(
    await withTenant()
      .where(ne(reconciliationDifferences.state, "open"))
      .orderBy(desc(reconciliationDifferences.lastSeenAt))
      .limit(limit),
  );

/**
 * Says why a difference is as it should be. It waits for nobody any more, until its amounts change.
 * @throws AppError not_found when it is not open
 */
export async function explain(differenceId: string, actor: string, note: string): Promise<void> {
  const rows = await systemDb()
    .update(reconciliationDifferences)
    .set({ state: "explained", resolvedAt: now(), resolvedBy: actor, note })
    .where(and(eq(reconciliationDifferences.differenceId, differenceId), eq(reconciliationDifferences.state, "open")))
    .returning({ id: reconciliationDifferences.differenceId });
  if (rows.length === 0) throw new AppError("not_found");
}
