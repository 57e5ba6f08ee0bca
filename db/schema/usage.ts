import { sql } from "drizzle-orm";
import { bigint, date, index, numeric, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import type { SubscriptionId } from "@/lib/ids";
import type { Currency } from "@/lib/money/currency";
import { at, tenantId } from "../columns";

/** Everything that was reported once; the reporter's id makes it count once, for ever. */
export const usageEvents = pgTable(
  "usage_events",
  {
    tenantId: tenantId(),
    eventId: text("event_id").notNull(),
    subscriptionId: uuid("subscription_id").$type<SubscriptionId>().notNull(),
    metric: text("metric").notNull(),
    quantity: bigint("quantity", { mode: "number" }).notNull(),
    /** When it was used; decides the period. */
    usedAt: at("used_at").notNull(),
    /** The time that the reporter named, null without one: an id that comes again must bring the same. */
    namedAt: at("named_at"),
    periodStart: at("period_start").notNull(),
    recordedAt: at("recorded_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.eventId] }), index("usage_events_by_time").on(t.tenantId, t.recordedAt)],
);

/** Sums per period, metric and day of the tenant's time zone, so that pages never add up events. A day cut by a period's end has two. */
export const usageDays = pgTable(
  "usage_days",
  {
    tenantId: tenantId(),
    subscriptionId: uuid("subscription_id").$type<SubscriptionId>().notNull(),
    metric: text("metric").notNull(),
    periodStart: at("period_start").notNull(),
    day: date("day", { mode: "string" }).notNull(),
    quantity: bigint("quantity", { mode: "number" }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.subscriptionId, t.metric, t.periodStart, t.day] })],
);

/** One metric in one month of a subscription: what is included, what was used and what that costs beyond. */
export const usagePeriods = pgTable(
  "usage_periods",
  {
    tenantId: tenantId(),
    subscriptionId: uuid("subscription_id").$type<SubscriptionId>().notNull(),
    metric: text("metric").notNull(),
    periodStart: at("period_start").notNull(),
    periodEnd: at("period_end").notNull(),
    plan: text("plan").notNull(),
    planVersion: text("plan_version").notNull(),
    currency: text("currency").$type<Currency>().notNull(),
    /** Null: no limit. Rises at once with an upgrade, never falls within a period. */
    included: bigint("included", { mode: "number" }),
    used: bigint("used", { mode: "number" }).notNull().default(0),
    /** Units over the quota that were rated. */
    overage: bigint("overage", { mode: "number" }).notNull().default(0),
    /** In major units of the currency, exact; null: the plan has a hard cap. */
    overagePrice: numeric("overage_price", { precision: 24, scale: 12 }),
    /** Exact cost of the overage so far, in minor units. */
    costMinorExact: numeric("cost_minor_exact", { precision: 30, scale: 12 }).notNull().default("0"),
    alerted80At: at("alerted_80_at"),
    alerted100At: at("alerted_100_at"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.subscriptionId, t.metric, t.periodStart] }),
    index("usage_periods_by_end").on(t.periodEnd),
  ],
);

/** The fraction of a smallest unit that was used and not yet taken from the balance: carried on, over periods and plans. */
export const usageCarry = pgTable(
  "usage_carry",
  {
    tenantId: tenantId(),
    currency: text("currency").$type<Currency>().notNull(),
    metric: text("metric").notNull(),
    carryMinorExact: numeric("carry_minor_exact", { precision: 30, scale: 12 }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.currency, t.metric] })],
);

export const METER_REPORT_STATES = ["started", "sent", "failed", "unknown"] as const;

/**
 * What was told to Stripe's meters, where they are configured: a row before it is sent, its id the event's identifier. Each tells what
 * was used in a period since the one before it.
 */
export const meterReports = pgTable(
  "meter_reports",
  {
    tenantId: tenantId(),
    reportId: uuid("report_id").notNull(),
    subscriptionId: uuid("subscription_id").$type<SubscriptionId>().notNull(),
    metric: text("metric").notNull(),
    periodStart: at("period_start").notNull(),
    /** The sum of the period that was told before, and with this. */
    fromUsed: bigint("from_used", { mode: "number" }).notNull(),
    toUsed: bigint("to_used", { mode: "number" }).notNull(),
    /** The instant that Stripe is told, within the period. */
    usedAt: at("used_at").notNull(),
    state: text("state").$type<(typeof METER_REPORT_STATES)[number]>().notNull(),
    failureMessage: text("failure_message"),
    createdAt: at("created_at").notNull(),
    leaseUntil: at("lease_until").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.reportId] }),
    uniqueIndex("meter_reports_once")
      .on(t.tenantId, t.subscriptionId, t.metric, t.periodStart, t.fromUsed)
      .where(sql`state <> 'failed'`),
    index("meter_reports_open").on(t.leaseUntil).where(sql`state = 'started'`),
  ],
);
