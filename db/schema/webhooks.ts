import { sql } from "drizzle-orm";
import { index, integer, pgTable, text, uuid } from "drizzle-orm/pg-core";
import type { StripeEventId, TenantId } from "@/lib/ids";
import { at } from "../columns";

/** The inbox of Stripe's events. Only what has to be fetched is kept, never the body: the body may be old. */
export const stripeEvents = pgTable(
  "stripe_events",
  {
    /** Known once the event is handled, where it concerns a tenant at all. */
    tenantId: uuid("tenant_id").$type<TenantId>(),
    eventId: text("event_id").$type<StripeEventId>().primaryKey(),
    type: text("type").notNull(),
    objectId: text("object_id"),
    stripeCustomerId: text("stripe_customer_id"),
    /** When Stripe made it. */
    createdAt: at("created_at").notNull(),
    receivedAt: at("received_at").notNull(),
    /** How it came: by the webhook or by asking Stripe after an outage. */
    via: text("via").$type<"webhook" | "backfill">().notNull(),
    claimedUntil: at("claimed_until"),
    attempts: integer("attempts").notNull().default(0),
    lastError: text("last_error"),
    handledAt: at("handled_at"),
  },
  (t) => [
    index("stripe_events_unhandled").on(t.receivedAt).where(sql`handled_at is null`),
    index("stripe_events_by_time").on(t.receivedAt),
  ],
);

/** When each recurring job last ran to its end; what health and the backfill start from. */
export const jobRuns = pgTable("job_runs", {
  job: text("job").primaryKey(),
  startedAt: at("started_at"),
  finishedAt: at("finished_at"),
  outcome: text("outcome"),
  /** How far a job that reads onwards has come, an instant. */
  cursorAt: at("cursor_at"),
});
