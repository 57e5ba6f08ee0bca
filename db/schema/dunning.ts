import { sql } from "drizzle-orm";
import { index, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import type { InvoiceId } from "@/lib/ids";
import { at, tenantId } from "../columns";

export const DUNNING_STATES = ["active", "recovered", "ended", "canceled"] as const;
export type DunningState = (typeof DUNNING_STATES)[number];
export const DUNNING_STEPS = ["attempt", "grace_warning", "end"] as const;
export type DunningStepKind = (typeof DUNNING_STEPS)[number];

/** One timetable for one failed invoice, computed when it first fails and never moved: the page shows it, the jobs keep it. */
export const dunningCases = pgTable(
  "dunning_cases",
  {
    tenantId: tenantId(),
    caseId: uuid("case_id").notNull(),
    invoiceId: uuid("invoice_id").$type<InvoiceId>().notNull(),
    strategy: text("strategy").$type<"fixed" | "smart">().notNull(),
    state: text("state").$type<DunningState>().notNull(),
    timeZone: text("time_zone").notNull(),
    firstFailureCode: text("first_failure_code"),
    firstDeclineCode: text("first_decline_code"),
    startedAt: at("started_at").notNull(),
    graceEndsAt: at("grace_ends_at").notNull(),
    /** When Stripe was told not to collect by itself any more. */
    takenOverAt: at("taken_over_at"),
    endedAt: at("ended_at"),
    outcome: text("outcome"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.caseId] }),
    uniqueIndex("dunning_cases_invoice").on(t.tenantId, t.invoiceId),
    index("dunning_cases_to_take_over").on(t.startedAt).where(sql`taken_over_at is null`),
    index("dunning_cases_by_time").on(t.tenantId, t.startedAt),
    index("dunning_cases_started").on(t.startedAt),
  ],
);

export const dunningSteps = pgTable(
  "dunning_steps",
  {
    tenantId: tenantId(),
    caseId: uuid("case_id").notNull(),
    position: integer("position").notNull(),
    kind: text("kind").$type<DunningStepKind>().notNull(),
    dueAt: at("due_at").notNull(),
    /** Until then whoever took the step is presumed alive. */
    claimedUntil: at("claimed_until"),
    doneAt: at("done_at"),
    /** `paid`, `declined`, `skipped:<why>`, `sent`, `ended`. */
    outcome: text("outcome"),
    paymentId: uuid("payment_id"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.caseId, t.position] }),
    index("dunning_steps_due").on(t.dueAt).where(sql`done_at is null`),
  ],
);
