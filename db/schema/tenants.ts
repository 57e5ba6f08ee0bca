import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
  varchar,
} from "drizzle-orm/pg-core";
import type { StripeCustomerId, UserId } from "@/lib/ids";
import type { Currency } from "@/lib/money/currency";
import { at, minor, tenantId } from "../columns";

export const ROLES = ["owner", "admin", "member"] as const;
export type Role = (typeof ROLES)[number];

export const tenants = pgTable("tenants", {
  tenantId: tenantId().primaryKey(),
  slug: text("slug").notNull().unique(),
  name: text("name").notNull(),
  currency: text("currency").$type<Currency>().notNull(),
  /** IANA name; months and days of limits are counted in it. */
  timeZone: text("time_zone").notNull().default("UTC"),
  locale: text("locale").notNull().default("en"),
  stripeCustomerId: text("stripe_customer_id").$type<StripeCustomerId>().unique(),
  /** The customer's credit at Stripe, which is taken off its next invoices. */
  creditMinor: minor("credit_minor").notNull().default(sql`0`),
  createdAt: at("created_at").notNull(),
});

/**
 * An address belongs to whoever proved it: of the people who signed up with the same one, at most one has it confirmed.
 * So nobody learns from signing up who has an account, and nobody can occupy somebody else's address.
 */
export const users = pgTable(
  "users",
  {
    userId: uuid("user_id").$type<UserId>().primaryKey(),
    /** Stored in lower case. */
    email: text("email").notNull(),
    name: text("name").notNull(),
    passwordHash: text("password_hash"),
    /** When the address was proven, by a link or by the provider that signed them in. */
    emailConfirmedAt: at("email_confirmed_at"),
    isOperator: boolean("is_operator").notNull().default(false),
    locale: text("locale").notNull().default("en"),
    createdAt: at("created_at").notNull(),
  },
  (t) => [
    uniqueIndex("users_confirmed_email").on(t.email).where(sql`email_confirmed_at is not null`),
    index("users_by_email").on(t.email, t.createdAt),
  ],
);

export const memberships = pgTable(
  "memberships",
  {
    tenantId: tenantId().references(() => tenants.tenantId),
    userId: uuid("user_id")
      .$type<UserId>()
      .notNull()
      .references(() => users.userId),
    role: text("role").$type<Role>().notNull(),
    createdAt: at("created_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.userId] }), index("memberships_by_user").on(t.userId)],
);

/** A signed-in browser. The session cookie is a JWT that names this row, so that a session can be ended. */
export const userSessions = pgTable(
  "user_sessions",
  {
    sessionId: uuid("session_id").primaryKey(),
    userId: uuid("user_id")
      .$type<UserId>()
      .notNull()
      .references(() => users.userId),
    userAgent: text("user_agent"),
    createdAt: at("created_at").notNull(),
    endedAt: at("ended_at"),
  },
  (t) => [index("user_sessions_by_user").on(t.userId)],
);

/** Table shape of rate-limiter-flexible's Postgres store; sign-in attempts are counted across instances. */
export const rateLimits = pgTable("rate_limits", {
  key: varchar("key", { length: 255 }).primaryKey(),
  points: integer("points").notNull().default(0),
  expire: bigint("expire", { mode: "number" }),
});

export const apiTokens = pgTable(
  "api_tokens",
  {
    tenantId: tenantId().references(() => tenants.tenantId),
    /** The `jti` of the JWT; the token itself is never stored. */
    tokenId: uuid("token_id").notNull(),
    name: text("name").notNull(),
    role: text("role").notNull(),
    scopes: text("scopes").array().notNull(),
    createdBy: uuid("created_by").$type<UserId>(),
    createdAt: at("created_at").notNull(),
    expiresAt: at("expires_at").notNull(),
    lastUsedAt: at("last_used_at"),
    revokedAt: at("revoked_at"),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.tokenId] }), uniqueIndex("api_tokens_by_jti").on(t.tokenId)],
);
