import { and, asc, eq, gt, isNotNull, lte, ne, sql } from "drizzle-orm";
import { systemDb } from "@/db/client";
import { meterReports, subscriptions, usagePeriods } from "@/db/schema";
import { now } from "@/lib/clock";
import { env } from "@/lib/env";
import { newId } from "@/lib/ids";
import { log } from "@/lib/log";
import { METRICS } from "@/lib/plans/types";
import { LEASE_MS } from "@/lib/recharge/claim";
import { sendMeterEvent } from "@/lib/stripe/meter-events";
import { readSubscription } from "@/lib/subscriptions/queries";

/** Stripe takes what was used within 35 days, and remembers an identifier for one; both with some hours to spare. */
const OLDEST_MS = 34 * 86_400_000;
const KEY_TRUSTED_MS = 23 * 3_600_000;

type Report = typeof meterReports.$inferSelect;

const isReport = (report: Report) =>
  and(eq(meterReports.tenantId, report.tenantId), eq(meterReports.reportId, report.reportId));

async function finish(report: Report, values: Partial<Report>): Promise<void> {
  await systemDb().update(meterReports).set(values).where(isReport(report));
}

/** Sends one, or sends it again under its own identifier, under which it counts once. @returns whether it came to its end */
async function tell(report: Report): Promise<boolean> {
  const metric = METRICS.find((one) => one === report.metric);
  const eventName = metric && env().STRIPE_METER_EVENTS[metric];
  const { stripeCustomerId } = await readSubscription(systemDb(), report.tenantId, report.subscriptionId);
  if (!eventName || !stripeCustomerId) return false;
  const outcome = await sendMeterEvent({
    identifier: report.reportId,
    eventName,
    stripeCustomerId,
    value: report.toUsed - report.fromUsed,
    usedAt: report.usedAt,
  });
  if (outcome.kind === "sent") await finish(report, { state: "sent", failureMessage: null });
  else
    await finish(report, { failureMessage: outcome.message, ...(outcome.kind === "refused" && { state: "failed" }) });
  return outcome.kind !== "unknown";
}

/** What nobody heard the answer of. After a day its identifier might count again, and it is left to a person. */
async function resolve(limit: number): Promise<number> {
  const at = now();
  const isDue = and(eq(meterReports.state, "started"), lte(meterReports.leaseUntil, at));
  const due = await systemDb()
    .select()
    .from(meterReports)
    .where(isDue)
    .orderBy(asc(meterReports.leaseUntil))
    .limit(limit);
  for (const report of due) {
    const [taken] = await systemDb()
      .update(meterReports)
      .set({ leaseUntil: new Date(at.getTime() + LEASE_MS) })
      .where(and(isReport(report), isDue))
      .returning();
    if (!taken) continue;
    if (at.getTime() - taken.createdAt.getTime() < KEY_TRUSTED_MS) await tell(taken);
    else {
      log().error(
        { tenantId: taken.tenantId, reportId: taken.reportId },
        "whether a meter heard of usage is not known",
      );
      await finish(taken, { state: "unknown" });
    }
  }
  return due.length;
}

/** What was told of a period, heard of or not. */
const told = sql<number>`coalesce((select max(${meterReports.toUsed}) from ${meterReports}
  where ${meterReports.tenantId} = ${usagePeriods.tenantId} and ${meterReports.subscriptionId} = ${usagePeriods.subscriptionId}
    and ${meterReports.metric} = ${usagePeriods.metric} and ${meterReports.periodStart} = ${usagePeriods.periodStart}
    and ${ne(meterReports.state, "failed")}), 0)`.mapWith(Number);

/**
 * Tells Stripe's meters what was used since they were told last, one event for each metric and period, also of periods that were
 * used late. Does nothing unless meters are configured.
 * @returns how many were sent now, and how many of before were looked at
 */
export async function sendMeterReports(limit: number): Promise<{ sent: number; resolved: number }> {
  const metrics = METRICS.filter((metric) => env().STRIPE_METER_EVENTS[metric]);
  if (metrics.length === 0) return { sent: 0, resolved: 0 };
  const resolved = await resolve(limit);
  const at = now();
  const due = await systemDb()
    .select({ period: usagePeriods, told })
    .from(usagePeriods)
    .innerJoin(
      subscriptions,
      and(
        eq(subscriptions.tenantId, usagePeriods.tenantId),
        eq(subscriptions.subscriptionId, usagePeriods.subscriptionId),
        isNotNull(subscriptions.stripeCustomerId),
      ),
    )
    .where(
      and(
        gt(usagePeriods.periodEnd, new Date(at.getTime() - OLDEST_MS)),
        sql`${usagePeriods.metric} in ${metrics}`,
        sql`${usagePeriods.used} > ${told}`,
      ),
    )
    .limit(limit);
  let sent = 0;
  for (const { period, told: fromUsed } of due) {
    const { tenantId, subscriptionId, metric, periodStart, periodEnd, used: toUsed } = period;
    const usedAt = new Date(Math.min(at.getTime(), periodEnd.getTime() - 1_000));
    const [report] = await systemDb()
      .insert(meterReports)
      .values({
        ...{ tenantId, reportId: newId(), subscriptionId, metric, periodStart, fromUsed, toUsed, usedAt },
        ...{ state: "started", createdAt: at, leaseUntil: new Date(at.getTime() + LEASE_MS) },
      })
      .onConflictDoNothing()
      .returning();
    if (report && (await tell(report))) sent += 1;
  }
  return { sent, resolved };
}
