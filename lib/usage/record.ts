import { and, eq, gt } from "drizzle-orm";
import postgres from "postgres";
import { systemDb, systemSql } from "@/db/client";
import { subscriptions, tenants, usagePeriods } from "@/db/schema";
import { send } from "@/inngest/client";
import type { TenantScope } from "@/lib/auth/scope";
import { now } from "@/lib/clock";
import { AppError, invalid, refusalOf } from "@/lib/errors";
import { isId, newId, type SubscriptionId } from "@/lib/ids";
import { ledgerRefusal } from "@/lib/ledger/errors";
import { decimalsOf } from "@/lib/money/currency";
import { type Minor, toMinor } from "@/lib/money/minor";
import { overagePriceOf, planOf } from "@/lib/plans/catalogue";
import type { Metric } from "@/lib/plans/types";
import { hasAccess } from "@/lib/subscriptions/access";
import { noteQuotas } from "./alerts";
import { type Period, periodFor } from "./periods";

const DAY_MS = 86_400_000;
/** How long after it was used something may still be reported. */
export const LATEST_DAYS = 7;
/** Clocks of reporters may be ahead by this much. */
const AHEAD_MS = 5 * 60_000;
export const LARGEST_BATCH = 1_000;

/** @param usedAt null: now @param id null: counted whenever it is sent */
export type UsageEvent = { id: string | null; metric: Metric; quantity: number; usedAt: Date | null };

/** What one metric came to by a report. */
export type MetricNow = {
  metric: Metric;
  periodStart: Date;
  periodEnd: Date;
  used: number;
  included: number | null;
  overage: number;
  /** Taken from the balance by this report. */
  billedMinor: Minor;
};
/** Where a field of an event stands in the request, as refusals name it. */
export type PathOf = (index: number, field: "id" | "metric" | "timestamp") => string;
const inBatch: PathOf = (index, field) => `events.${index}.${field}`;
export type Recorded = { recorded: number; replayed: number; metrics: MetricNow[] };

type Row = {
  metric: Metric;
  period_start: string;
  used_before: string;
  used_after: string;
  included: string | null;
  overage: string;
  recorded: string;
  billed_minor: string;
  needs_recharge: boolean;
};

type Situation = {
  subscription: typeof subscriptions.$inferSelect;
  timeZone: string;
  opened: (Period & { metric: string })[];
};

/** The subscription with the periods that late usage may still fall into: one query each way. @throws AppError not_found */
async function situationOf(scope: TenantScope, subscriptionId: SubscriptionId, at: Date): Promise<Situation> {
  if (!isId(subscriptionId)) throw new AppError("not_found");
  const rows = await systemDb()
    .select({
      subscription: subscriptions,
      timeZone: tenants.timeZone,
      metric: usagePeriods.metric,
      start: usagePeriods.periodStart,
      end: usagePeriods.periodEnd,
    })
    .from(subscriptions)
    .innerJoin(tenants, eq(tenants.tenantId, subscriptions.tenantId))
    .leftJoin(
      usagePeriods,
      and(
        eq(usagePeriods.tenantId, subscriptions.tenantId),
        eq(usagePeriods.subscriptionId, subscriptions.subscriptionId),
        gt(usagePeriods.periodEnd, new Date(at.getTime() - (LATEST_DAYS + 1) * DAY_MS)),
      ),
    )
    .where(and(eq(subscriptions.tenantId, scope.tenantId), eq(subscriptions.subscriptionId, subscriptionId)));
  const [first] = rows;
  if (!first) throw new AppError("not_found");
  const opened = rows.flatMap(({ metric, start, end }) => (metric && start && end ? [{ metric, start, end }] : []));
  return { subscription: first.subscription, timeZone: first.timeZone, opened };
}

/** @throws AppError invalid_request naming the event's field · subscription_paused · subscription_incomplete · subscription_ended */
function checkedTime(event: UsageEvent, path: string, { subscription }: Situation, at: Date): Date {
  const usedAt = event.usedAt ?? at;
  if (usedAt.getTime() > at.getTime() + AHEAD_MS) throw invalid(path, "must not be in the future");
  if (usedAt.getTime() < at.getTime() - LATEST_DAYS * DAY_MS)
    throw invalid(path, `must not be more than ${LATEST_DAYS} days ago`);
  if (usedAt.getTime() < subscription.createdAt.getTime() - AHEAD_MS)
    throw invalid(path, "must not be before the subscription began");
  if (!hasAccess(subscription, usedAt)) {
    const { status } = subscription;
    if (status === "paused")
      throw new AppError("subscription_paused", "resume it first: what is paused cannot be used");
    throw new AppError(
      status === "incomplete" ? "subscription_incomplete" : "subscription_ended",
      `the subscription is ${status}`,
    );
  }
  return usedAt < subscription.createdAt ? subscription.createdAt : usedAt;
}

/** Turns the refusals of the SQL function (drizzle/0005_usage_functions.sql) into the product's. */
function refusal(error: unknown, events: readonly UsageEvent[], pathOf: PathOf): unknown {
  if (!(error instanceof postgres.PostgresError)) return ledgerRefusal(error);
  const { code, detail = "" } = error;
  if (code === "EK005") {
    const path = pathOf(
      events.findIndex(({ metric }) => metric === detail),
      "metric",
    );
    return refusalOf("quota_exceeded", [{ path, message: `the quota of ${detail} is used up` }], error);
  }
  if (code === "EK006") {
    const fields = detail.split(",").map((position) => ({
      path: pathOf(Number(position), "id"),
      message: `${events[Number(position)]?.id} was used for other usage`,
    }));
    return refusalOf("usage_id_reused", fields, error);
  }
  return ledgerRefusal(error);
}

/**
 * Records usage: each event once for ever by its id, in the period in which it was used; all of a call or none. What goes over the
 * quota is rated exactly and taken from the balance in whole minor units, the fraction carried on.
 * @throws AppError not_found · invalid_request · subscription_ended · subscription_paused · subscription_incomplete · usage_id_reused
 * (with another metric, quantity or time) · quota_exceeded (the plan has a hard cap) · insufficient_balance
 */
export async function recordUsage(
  scope: TenantScope,
  subscriptionId: SubscriptionId,
  events: readonly UsageEvent[],
  pathOf: PathOf = inBatch,
): Promise<Recorded> {
  const at = now();
  const situation = await situationOf(scope, subscriptionId, at);
  const { subscription, timeZone, opened } = situation;
  const plan = planOf(subscription.plan, subscription.planVersion);
  const placed = events.map((event, index) => {
    const usedAt = checkedTime(event, pathOf(index, "timestamp"), situation, at);
    const period = periodFor(
      subscription.usageAnchorAt,
      opened.filter((one) => one.metric === event.metric),
      usedAt,
    );
    return { ...event, id: event.id ?? newId(), usedAt, namedAt: event.usedAt?.toISOString() ?? null, period };
  });
  const terms = new Map(
    placed.map(({ metric, period }) => [`${metric} ${period.start.toISOString()}`, { metric, period }]),
  );
  const postings = new Map(placed.map(({ metric }) => [metric, newId()]));
  const term = [...terms.values()];
  const price = (metric: Metric) => overagePriceOf(plan, metric, subscription.currency);
  let rows: Row[];
  try {
    rows = await systemSql()<Row[]>`select * from usage_record(
      ${scope.tenantId}::uuid, ${subscriptionId}::uuid, ${subscription.currency}, ${10 ** decimalsOf(subscription.currency)}::numeric,
      ${timeZone}, ${at.toISOString()}::timestamptz,
      ${term.map((t) => t.metric)}::text[], ${term.map((t) => t.period.start.toISOString())}::text[]::timestamptz[],
      ${term.map((t) => t.period.end.toISOString())}::text[]::timestamptz[], ${term.map(() => plan.id)}::text[],
      ${term.map(() => plan.version)}::text[], ${term.map((t) => plan.quotas[t.metric].included)}::bigint[],
      ${term.map((t) => price(t.metric))}::text[]::numeric[], ${term.map((t) => postings.get(t.metric) ?? null)}::uuid[],
      ${placed.map((e) => e.id)}::text[], ${placed.map((e) => e.metric)}::text[], ${placed.map((e) => e.quantity)}::bigint[],
      ${placed.map((e) => e.usedAt.toISOString())}::text[]::timestamptz[], ${placed.map((e) => e.namedAt)}::text[]::timestamptz[],
      ${placed.map((e) => e.period.start.toISOString())}::text[]::timestamptz[])`;
  } catch (error) {
    throw refusal(error, events, pathOf);
  }
  const metrics = rows.map((row): MetricNow & { usedBefore: number } => {
    const start = new Date(row.period_start);
    return {
      metric: row.metric,
      periodStart: start,
      periodEnd: terms.get(`${row.metric} ${start.toISOString()}`)?.period.end ?? start,
      usedBefore: Number(row.used_before),
      used: Number(row.used_after),
      included: row.included === null ? null : Number(row.included),
      overage: Number(row.overage),
      billedMinor: toMinor(Number(row.billed_minor)),
    };
  });
  if (rows.some((row) => row.needs_recharge))
    await send([{ name: "balance/low", data: { tenantId: scope.tenantId, trigger: "debit" } }]);
  await noteQuotas(scope.tenantId, subscriptionId, metrics);
  const recorded = rows.reduce((sum, row) => sum + Number(row.recorded), 0);
  return {
    recorded,
    replayed: events.length - recorded,
    metrics: metrics.map(({ usedBefore: _, ...metric }) => metric),
  };
}
