import { pgTable, text, timestamp } from "drizzle-orm/pg-core";

/** How far a budget of calls is spent already: one row for each, shared by all instances. */
export const stripeBudget = pgTable("stripe_budget", {
  budget: text("budget").primaryKey(),
  /** When the next call may begin. Finer than a millisecond, since many calls share one. */
  freeAt: timestamp("free_at", { withTimezone: true, mode: "date" }).notNull(),
});
