import { and, eq, gt, isNull, sql } from "drizzle-orm";
import { systemDb } from "@/db/client";
import { usagePeriods } from "@/db/schema";
import { send } from "@/inngest/client";
import type { AppEvent } from "@/inngest/events";
import { now } from "@/lib/clock";
import type { SubscriptionId, TenantId } from "@/lib/ids";
import { notify } from "@/lib/notifications/notify";

/** Shares of a quota, in percent, at which the customer is told. */
const LEVELS = [
  { percent: 80, column: "alerted80At", kind: "usage_80" },
  { percent: 100, column: "alerted100At", kind: "usage_100" },
] as const;

type Measured = { metric: string; periodStart: Date; used: number; usedBefore: number; included: number | null };

/** The highest level that usage has reached, or null. */
export function levelReached(used: number, included: number | null): 80 | 100 | null {
  if (included === null) return null;
  return used >= included ? 100 : used * 100 >= included * 80 ? 80 : null;
}

/** Tells the customer once per period when a quota reaches 80 and 100 %: the row and the mark on the period are one transaction. */
async function tell(
  tenantId: TenantId,
  subscriptionId: SubscriptionId,
  metric: string,
  periodStart: Date,
): Promise<void> {
  const after: AppEvent[] = [];
  await systemDb().transaction(async (tx) => {
    const where = and(
      eq(usagePeriods.tenantId, tenantId),
      eq(usagePeriods.subscriptionId, subscriptionId),
      eq(usagePeriods.metric, metric),
      eq(usagePeriods.periodStart, periodStart),
    );
    const [period] = await tx.select().from(usagePeriods).where(where).for("update");
    if (!period || period.included === null) return;
    const reached = levelReached(period.used, period.included);
    // Whoever is past the quota at once is told that, and not of 80 % as well.
    const level = LEVELS.find(({ percent }) => percent === reached);
    if (!level || period.alerted100At || (level.percent === 80 && period.alerted80At)) return;
    await tx
      .update(usagePeriods)
      .set({ [level.column]: now() })
      .where(where);
    const notificationId = await notify(tx, {
      tenantId,
      dedupeKey: `usage:${subscriptionId}:${metric}:${periodStart.toISOString()}:${period.included}:${level.percent}`,
      kind: level.kind,
      params: {
        metric,
        used: period.used,
        included: period.included,
        periodEnd: period.periodEnd.toISOString(),
        hasOverage: period.overagePrice === null ? 0 : 1,
      },
    });
    if (notificationId) after.push({ name: "notification/created", data: { tenantId, notificationId } });
  });
  await send(after);
}

/** Looks at what a report has just raised. Most reports cross no line and cost nothing here. */
export async function noteQuotas(
  tenantId: TenantId,
  subscriptionId: SubscriptionId,
  measured: readonly Measured[],
): Promise<void> {
  for (const { metric, periodStart, used, usedBefore, included } of measured)
    if (levelReached(used, included) !== levelReached(usedBefore, included))
      await tell(tenantId, subscriptionId, metric, periodStart);
}

/** Stands behind a process that died between the report and the notice. @returns how many were told */
export async function sweepQuotas(limit: number): Promise<number> {
  const rows = await systemDb()
    .select()
    .from(usagePeriods)
    .where(
      and(
        gt(usagePeriods.periodEnd, now()),
        isNull(usagePeriods.alerted100At),
        sql`${usagePeriods.used} * 100 >= ${usagePeriods.included} * 80`,
        sql`(${usagePeriods.alerted80At} is null or ${usagePeriods.used} >= ${usagePeriods.included})`,
      ),
    )
    .limit(limit);
  for (const row of rows) await tell(row.tenantId, row.subscriptionId, row.metric, row.periodStart);
  return rows.length;
}
