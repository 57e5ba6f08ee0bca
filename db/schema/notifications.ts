import { sql } from "drizzle-orm";
import { index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { at, tenantId } from "../columns";
import { tenants } from "./tenants";

/** A notice to a tenant's admins: the row first, then the mail. `dedupeKey` keeps it to one per episode. */
export const notifications = pgTable(
  "notifications",
  {
    tenantId: tenantId().references(() => tenants.tenantId),
    notificationId: uuid("notification_id").notNull(),
    kind: text("kind").notNull(),
    dedupeKey: text("dedupe_key").notNull(),
    params: jsonb("params").$type<Record<string, string | number | null>>().notNull(),
    createdAt: at("created_at").notNull(),
    readAt: at("read_at"),
    claimedUntil: at("claimed_until"),
    attempts: integer("attempts").notNull().default(0),
    sentAt: at("sent_at"),
    lastError: text("last_error"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.notificationId] }),
    uniqueIndex("notifications_once").on(t.tenantId, t.kind, t.dedupeKey),
    index("notifications_unsent").on(t.createdAt).where(sql`sent_at is null`),
    index("notifications_by_time").on(t.tenantId, t.createdAt),
  ],
);
