import { and, asc, eq, isNull, lte } from "drizzle-orm";
import { systemDb } from "@/db/client";
import { subscriptions } from "@/db/schema";
import { now } from "@/lib/clock";
import { log } from "@/lib/log";
import { planOf } from "@/lib/plans/catalogue";
import { openMonth } from "@/lib/usage/open-month";
import { type Period, usageMonth } from "@/lib/usage/periods";
import type { SubscriptionRow } from "./end";

const isLocal = and(isNull(subscriptions.stripeSubscriptionId), isNull(subscriptions.endedAt));

/** The months from the end of one that is over up to the one that is running, counted from the anchor. */
export function monthsSince(anchor: Date, end: Date, at: Date): Period[] {
  const months: Period[] = [];
  for (let from = end; from <= at; ) {
    const month = usageMonth(anchor, from);
    months.push({ start: from, end: month.end });
    from = month.end;
  }
  return months;
}

/** Moves one on to the month that is running. The row is the lock, and its period says what was done. @returns the months begun */
async function renew({ tenantId, subscriptionId }: SubscriptionRow): Promise<number> {
  return systemDb().transaction(async (tx) => {
    const own = and(eq(subscriptions.tenantId, tenantId), eq(subscriptions.subscriptionId, subscriptionId));
    const [row] = await tx.select().from(subscriptions).where(and(own, isLocal)).for("update");
    if (row?.status !== "active") return 0;
    const months = monthsSince(row.usageAnchorAt, row.currentPeriodEnd, now());
    const running = months.at(-1);
    if (!running) return 0;
    const plan = planOf(row.plan, row.planVersion);
    for (const month of months) await openMonth(tx, row, plan, month);
    await tx.update(subscriptions).set({ currentPeriodStart: running.start, currentPeriodEnd: running.end }).where(own);
    return months.length;
  });
}

/**
 * Renews the months of plans that are ours alone: their quotas begin anew. Months in which nobody looked are made up for.
 * @returns how many subscriptions were due, how many months were begun, and how many subscriptions could not be renewed yet
 */
export async function renewFree(limit: number): Promise<{ due: number; months: number; failed: number }> {
  const due = await systemDb()
    .select()
    .from(subscriptions)
    .where(and(isLocal, eq(subscriptions.status, "active"), lte(subscriptions.currentPeriodEnd, now())))
    .orderBy(asc(subscriptions.currentPeriodEnd))
    .limit(limit);
  const result = { due: due.length, months: 0, failed: 0 };
  for (const row of due)
    try {
      result.months += await renew(row);
    } catch (error) {
      result.failed += 1;
      const { tenantId, subscriptionId } = row;
      log().error(
        { err: error, tenantId, subscriptionId },
        "the month of a free plan was not begun; it is tried again",
      );
    }
  return result;
}

/** When the next month of a local plan is over; null: there is none. */
export async function nextFreeRenewalAt(): Promise<Date | null> {
  const [row] = await systemDb()
    .select({ at: subscriptions.currentPeriodEnd })
    .from(subscriptions)
    .where(and(isLocal, eq(subscriptions.status, "active")))
    .orderBy(asc(subscriptions.currentPeriodEnd))
    .limit(1);
  return row?.at ?? null;
}
