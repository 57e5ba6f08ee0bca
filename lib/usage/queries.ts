import { and, asc, desc, eq, gte } from "drizzle-orm";
import { withTenant } from "@/db/client";
import { tenants, usageDays, usagePeriods } from "@/db/schema";
import type { TenantScope } from "@/lib/auth/scope";
import { now } from "@/lib/clock";
import { invariant } from "@/lib/errors";
import type { SubscriptionId } from "@/lib/ids";
import type { Currency } from "@/lib/money/currency";
import { type Minor, toMinor } from "@/lib/money/minor";
import { overagePriceOf, planOf } from "@/lib/plans/catalogue";
import { METRICS, type Metric } from "@/lib/plans/types";
import { readSubscription } from "@/lib/subscriptions/queries";
import { type Period, periodFor } from "./periods";

export type MetricUsage = {
  metric: Metric;
  used: number;
  /** Null: no limit. */
  included: number | null;
  overage: number;
  /** Exact price of a unit beyond, major units; null: nothing beyond. */
  overagePrice: string | null;
  /** What the overage costs, whole minor units. */
  costMinor: Minor;
  /** Oldest first; days of the tenant's time zone on which something was used. */
  days: { day: string; quantity: number }[];
};

export type UsageView = { period: Period; timeZone: string; currency: Currency; metrics: MetricUsage[] };

/**
 * The usage of a subscription in the month of quotas around an instant, per metric and day.
 * @throws AppError not_found, also for another tenant's
 */
export async function usageOf(scope: TenantScope, subscriptionId: string, at: Date = now()): Promise<UsageView> {
  return withTenant(scope, async (tx) => {
    const subscription = await readSubscription(tx, scope.tenantId, subscriptionId);
    const key = and(
      eq(usagePeriods.tenantId, scope.tenantId),
      eq(usagePeriods.subscriptionId, subscription.subscriptionId),
    );
    const [opened, [tenant]] = await Promise.all([
      tx.select().from(usagePeriods).where(key),
      tx.select({ timeZone: tenants.timeZone }).from(tenants).where(eq(tenants.tenantId, scope.tenantId)),
    ]);
    invariant(tenant, "a scope's tenant exists");
    const bounds = opened.map((row) => ({ start: row.periodStart, end: row.periodEnd }));
    const period = periodFor(subscription.usageAnchorAt, bounds, at);
    const days = await tx
      .select({ metric: usageDays.metric, day: usageDays.day, quantity: usageDays.quantity })
      .from(usageDays)
      .where(
        and(
          eq(usageDays.tenantId, scope.tenantId),
          eq(usageDays.subscriptionId, subscription.subscriptionId),
          eq(usageDays.periodStart, period.start),
        ),
      )
      .orderBy(asc(usageDays.day));
    const plan = planOf(subscription.plan, subscription.planVersion);
    const metrics = METRICS.map((metric): MetricUsage => {
      const row = opened.find((one) => one.metric === metric && one.periodStart.getTime() === period.start.getTime());
      return {
        metric,
        used: row?.used ?? 0,
        included: row ? row.included : plan.quotas[metric].included,
        overage: row?.overage ?? 0,
        overagePrice: overagePriceOf(plan, metric, subscription.currency),
        costMinor: toMinor(Math.trunc(Number(row?.costMinorExact ?? 0))),
        days: days.filter((one) => one.metric === metric).map(({ day, quantity }) => ({ day, quantity })),
      };
    });
    return { period, timeZone: tenant.timeZone, currency: subscription.currency, metrics };
  });
}

/** A month of quotas in which something was counted. */
export type UsageMonth = { subscriptionId: SubscriptionId; period: Period };

/** So many months are offered to be looked at. */
const MONTHS_LISTED = 36;

/** The months that have usage, of all the tenant's subscriptions, newest first. */
export async function listUsageMonths(scope: TenantScope): Promise<UsageMonth[]> {
  const rows = await withTenant(scope, (tx) =>
    tx
      .selectDistinct({
        subscriptionId: usagePeriods.subscriptionId,
        start: usagePeriods.periodStart,
        end: usagePeriods.periodEnd,
      })
      .from(usagePeriods)
      .where(eq(usagePeriods.tenantId, scope.tenantId))
      .orderBy(desc(usagePeriods.periodStart))
      .limit(MONTHS_LISTED),
  );
  return rows.map(({ start, end, ...row }) => ({ ...row, period: { start, end } }));
}

export type UsageCost = {
  metric: Metric;
  period: Period;
  used: number;
  overage: number;
  costMinor: Minor;
  currency: Currency;
};

/** What each metric came to in each month of quotas since an instant, newest first. */
export async function listUsageCosts(scope: TenantScope, since: Date): Promise<UsageCost[]> {
  const rows = await withTenant(scope, (tx) =>
    tx
      .select()
      .from(usagePeriods)
      .where(and(eq(usagePeriods.tenantId, scope.tenantId), gte(usagePeriods.periodEnd, since)))
      .orderBy(desc(usagePeriods.periodStart), asc(usagePeriods.metric)),
  );
  return rows.flatMap((row) => {
    const metric = METRICS.find((one) => one === row.metric);
    if (!metric) return [];
    return {
      metric,
      period: { start: row.periodStart, end: row.periodEnd },
      used: row.used,
      overage: row.overage,
      costMinor: toMinor(Math.trunc(Number(row.costMinorExact))),
      currency: row.currency,
    };
  });
}
