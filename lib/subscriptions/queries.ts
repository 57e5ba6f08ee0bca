import { and, desc, eq, isNull, ne, sql } from "drizzle-orm";
import { type Reader, withTenant } from "@/db/client";
import { subscriptions, tenants, usagePeriods } from "@/db/schema";
import type { TenantScope } from "@/lib/auth/scope";
import { now } from "@/lib/clock";
import { AppError, invalid, invariant } from "@/lib/errors";
import { isId, type SubscriptionId, type TenantId } from "@/lib/ids";
import { type Minor, ZERO } from "@/lib/money/minor";
import { type Page, type PageRequest, toPage } from "@/lib/paging";
import { planOf } from "@/lib/plans/catalogue";
import { METRICS, type Metric } from "@/lib/plans/types";
import type { SubscriptionRow } from "./end";

export type Subscription = Omit<SubscriptionRow, "syncedAt" | "stripeItemId"> & {
  /** Of the month of quotas that is running. */
  usage: Record<Metric, { used: number; included: number | null }>;
  /** The tenant's credit at Stripe, which is taken off its next invoices. */
  creditMinor: Minor;
};

async function withUsage(db: Reader, rows: SubscriptionRow[]): Promise<Subscription[]> {
  const [first] = rows;
  if (!first) return [];
  const at = now().toISOString();
  const running = await db
    .select()
    .from(usagePeriods)
    .where(
      and(
        eq(usagePeriods.tenantId, first.tenantId),
        sql`${usagePeriods.periodStart} <= ${at}::timestamptz and ${usagePeriods.periodEnd} > ${at}::timestamptz`,
      ),
    );
  const [tenant] = await db
    .select({ creditMinor: tenants.creditMinor })
    .from(tenants)
    .where(eq(tenants.tenantId, first.tenantId));
  return rows.map(({ syncedAt: _, stripeItemId: __, ...row }) => {
    const quotas = planOf(row.plan, row.planVersion).quotas;
    const entries = METRICS.map((metric) => {
      const period = running.find((one) => one.subscriptionId === row.subscriptionId && one.metric === metric);
      return [metric, { used: period?.used ?? 0, included: period ? period.included : quotas[metric].included }];
    });
    return {
      ...row,
      usage: Object.fromEntries(entries) as Subscription["usage"],
      creditMinor: tenant?.creditMinor ?? ZERO,
    };
  });
}

/** The subscription that gives the tenant its plan: every tenant has one. */
export async function liveSubscription(scope: TenantScope): Promise<Subscription> {
  return withTenant(scope, async (tx) => {
    const rows = await tx
      .select()
      .from(subscriptions)
      .where(
        and(
          eq(subscriptions.tenantId, scope.tenantId),
          isNull(subscriptions.endedAt),
          ne(subscriptions.status, "incomplete"),
        ),
      );
    const [live] = await withUsage(tx, rows);
    invariant(live, "every tenant has a live subscription");
    return live;
  });
}

/** @throws AppError not_found, also for another tenant's */
export async function getSubscription(scope: TenantScope, subscriptionId: string): Promise<Subscription> {
  if (!isId(subscriptionId)) throw new AppError("not_found");
  return withTenant(scope, async (tx) => {
    const rows = await tx
      .select()
      .from(subscriptions)
      .where(
        and(
          eq(subscriptions.tenantId, scope.tenantId),
          eq(subscriptions.subscriptionId, subscriptionId as SubscriptionId),
        ),
      );
    const [found] = await withUsage(tx, rows);
    if (!found) throw new AppError("not_found");
    return found;
  });
}

/** All that the tenant ever had, newest first. What ended because its first payment failed never was one; its id still finds it. */
export async function listSubscriptions(scope: TenantScope, page: PageRequest): Promise<Page<Subscription>> {
  const { cursor } = page;
  if (cursor !== null && !isId(cursor)) throw invalid("cursor", "is not one that this list gave out");
  return withTenant(scope, async (tx) => {
    const rows = await tx
      .select()
      .from(subscriptions)
      .where(
        and(
          eq(subscriptions.tenantId, scope.tenantId),
          ne(subscriptions.status, "incomplete_expired"),
          cursor ? sql`${subscriptions.subscriptionId} < ${cursor}::uuid` : undefined,
        ),
      )
      .orderBy(desc(subscriptions.subscriptionId))
      .limit(page.limit + 1);
    return toPage(await withUsage(tx, rows), page.limit, (row) => row.subscriptionId);
  });
}

/** The row itself, for commands. @throws AppError not_found */
export async function readSubscription(
  db: Reader,
  tenantId: TenantId,
  subscriptionId: string,
): Promise<SubscriptionRow> {
  if (!isId(subscriptionId)) throw new AppError("not_found");
  const [row] = await db
    .select()
    .from(subscriptions)
    .where(
      and(eq(subscriptions.tenantId, tenantId), eq(subscriptions.subscriptionId, subscriptionId as SubscriptionId)),
    );
  if (!row) throw new AppError("not_found");
  return row;
}
