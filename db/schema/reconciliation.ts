import { sql } from "drizzle-orm";
import { index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import type { TenantId, UserId } from "@/lib/ids";
import type { Currency } from "@/lib/money/currency";
import { at, minor } from "../columns";

export const DIFFERENCE_CLASSES = [
  "paid_not_credited",
  "credited_not_paid",
  "amount_differs",
  "currency_differs",
  "fee_differs",
  "duplicate_credit",
  "list_differs",
  "refund_missing",
  "refund_differs",
  "refund_unknown_at_stripe",
  "dispute_missing",
  "dispute_differs",
  "purpose_unknown",
  "customer_unknown",
  "pending_too_long",
] as const;
export type DifferenceClass = (typeof DIFFERENCE_CLASSES)[number];

export const RUN_KINDS = ["nightly", "manual"] as const;
export type RunKind = (typeof RUN_KINDS)[number];
export const RUN_STATES = ["running", "done", "failed"] as const;
export type RunState = (typeof RUN_STATES)[number];

/** A comparison of Stripe with the ledger. The nightly one happens once per day and account. Operators' alone. */
export const reconciliationRuns = pgTable(
  "reconciliation_runs",
  {
    runId: uuid("run_id").primaryKey(),
    kind: text("kind").$type<RunKind>().notNull(),
    /** UTC, `2026-11-21`. */
    day: text("day").notNull(),
    /** Mode and account, as the publishable key begins: a new key of the same account is the same account. */
    account: text("account").notNull(),
    state: text("state").$type<RunState>().notNull(),
    /** Compared is what happened from the first instant on, before the second. */
    windowStart: at("window_start").notNull(),
    windowEnd: at("window_end").notNull(),
    paymentsCompared: integer("payments_compared"),
    refundsCompared: integer("refunds_compared"),
    disputesCompared: integer("disputes_compared"),
    found: integer("found"),
    /** Of what was found, how many were not known before. */
    foundNew: integer("found_new"),
    repaired: integer("repaired"),
    error: text("error"),
    actor: text("actor").notNull(),
    startedAt: at("started_at").notNull(),
    /** Until then whoever runs it is presumed alive. */
    leaseUntil: at("lease_until").notNull(),
    finishedAt: at("finished_at"),
  },
  (t) => [
    uniqueIndex("reconciliation_runs_nightly").on(t.account, t.day).where(sql`kind = 'nightly'`),
    index("reconciliation_runs_by_time").on(t.startedAt),
  ],
);

export const DIFFERENCE_STATES = ["open", "repaired", "gone", "explained"] as const;
export type DifferenceState = (typeof DIFFERENCE_STATES)[number];

/** What one side has and the other has not, or has otherwise: one row for each class and object, however often it is found. */
export const reconciliationDifferences = pgTable(
  "reconciliation_differences",
  {
    differenceId: uuid("difference_id").primaryKey(),
    class: text("class").$type<DifferenceClass>().notNull(),
    /** What it is about: Stripe's id where it has one, else ours. */
    subjectId: text("subject_id").notNull(),
    /** Null: nobody of ours. */
    tenantId: uuid("tenant_id").$type<TenantId>(),
    state: text("state").$type<DifferenceState>().notNull(),
    currency: text("currency").$type<Currency>().notNull(),
    /** Null: that side has nothing. */
    stripeMinor: minor("stripe_minor"),
    ourMinor: minor("our_minor"),
    detail: text("detail"),
    /** When it happened; the window of later runs reaches back to the oldest that is open. */
    occurredAt: at("occurred_at").notNull(),
    firstRunId: uuid("first_run_id").notNull(),
    lastRunId: uuid("last_run_id").notNull(),
    firstSeenAt: at("first_seen_at").notNull(),
    lastSeenAt: at("last_seen_at").notNull(),
    /** Why a repair that was tried did not come about. */
    repairError: text("repair_error"),
    resolvedAt: at("resolved_at"),
    /** Of an operator who explained it. */
    resolvedBy: text("resolved_by"),
    note: text("note"),
  },
  (t) => [
    uniqueIndex("reconciliation_differences_subject").on(t.class, t.subjectId),
    index("reconciliation_differences_open").on(t.occurredAt).where(sql`state = 'open'`),
    index("reconciliation_differences_by_time").on(t.lastSeenAt),
  ],
);

/** Sums of a month, as they were when it was signed off. Minor units, by currency and name. */
export type MonthFigures = Record<string, { stripe: Record<string, number>; ledger: Record<string, number> }>;

/** A month that an operator has signed off. Never changed afterwards. */
export const reconciliationMonths = pgTable("reconciliation_months", {
  /** UTC, `2026-11`. */
  month: text("month").primaryKey(),
  figures: jsonb("figures").$type<MonthFigures>().notNull(),
  /** How many differences of each class the month had, and what became of them. */
  differences: jsonb("differences").$type<Record<string, number>>().notNull(),
  note: text("note"),
  signedBy: uuid("signed_by").$type<UserId>().notNull(),
  signedByName: text("signed_by_name").notNull(),
  signedAt: at("signed_at").notNull(),
});
