import { integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import type { Currency } from "@/lib/money/currency";
import { at, minor } from "../columns";

/** What cannot be told afterwards, written every night for the day that ended (UTC): over all tenants, so operators' alone. */
export const reportDays = pgTable(
  "report_days",
  {
    /** `2026-11-21`. */
    day: text("day").notNull(),
    currency: text("currency").$type<Currency>().notNull(),
    mrrMinor: minor("mrr_minor").notNull(),
    paidSubscriptions: integer("paid_subscriptions").notNull(),
    /** Prepaid balances above zero: owed to customers. */
    deferredMinor: minor("deferred_minor").notNull(),
    /** Prepaid balances below zero: owed by customers, a positive number. */
    owedMinor: minor("owed_minor").notNull(),
    /** The revenue that was expected of the 30 days after it. */
    forecastMinor: minor("forecast_minor").notNull(),
    takenAt: at("taken_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.day, t.currency] })],
);
