import { integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { at, tenantId } from "../columns";

/** First answers by Idempotency-Key, kept for 24 hours. `status` is null while the first request is still running. */
export const idempotencyKeys = pgTable(
  "idempotency_keys",
  {
    tenantId: tenantId(),
    key: text("key").notNull(),
    requestHash: text("request_hash").notNull(),
    status: integer("status"),
    body: text("body"),
    createdAt: at("created_at").notNull(),
    leaseUntil: at("lease_until").notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.key] })],
);
