import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import type { AttemptId, PaymentIntentId, PaymentMethodId, UserId } from "@/lib/ids";
import type { Currency } from "@/lib/money/currency";
import { at, minor, tenantId } from "../columns";
import { tenants } from "./tenants";

export const rechargeRules = pgTable(
  "recharge_rules",
  {
    tenantId: tenantId()
      .primaryKey()
      .references(() => tenants.tenantId),
    enabled: boolean("enabled").notNull().default(false),
    minMinor: minor("min_minor"),
    targetMinor: minor("target_minor"),
    /** Null: whatever the tenant's default method is. */
    paymentMethodId: text("payment_method_id").$type<PaymentMethodId>(),
    backupPaymentMethodId: text("backup_payment_method_id").$type<PaymentMethodId>(),
    minChargeMinor: minor("min_charge_minor"),
    maxChargeMinor: minor("max_charge_minor"),
    maxPerDayMinor: minor("max_per_day_minor"),
    maxChargesPerDay: integer("max_charges_per_day"),
    maxPerMonthMinor: minor("max_per_month_minor"),
    minIntervalMinutes: integer("min_interval_minutes"),
    consentId: uuid("consent_id"),
    /** Failures since the last success; three pause the rule. */
    consecutiveFailures: integer("consecutive_failures").notNull().default(0),
    retryAt: at("retry_at"),
    pausedAt: at("paused_at"),
    pauseReason: text("pause_reason"),
    /** The card of the last decline; adding it again neither ends a pause nor a back-off. */
    pausedFingerprint: text("paused_fingerprint"),
    /** A card that was declined for good: not asked again, whatever else is paid. */
    blockedFingerprint: text("blocked_fingerprint"),
    /** Set by an operator's brake on this tenant. */
    stoppedAt: at("stopped_at"),
    /** From the first low evaluation until the balance is no longer low; notices are sent once per episode. */
    episodeId: uuid("episode_id"),
    updatedAt: at("updated_at").notNull(),
    updatedBy: uuid("updated_by").$type<UserId>(),
  },
  () => [
    check(
      "enabled_needs_consent",
      sql`not enabled or (consent_id is not null and min_minor is not null and target_minor is not null)`,
    ),
    check("min_below_target", sql`min_minor is null or target_minor is null or min_minor < target_minor`),
  ],
);

/** What the customer agreed to when turning auto-recharge on. Never changed. */
export const rechargeConsents = pgTable(
  "recharge_consents",
  {
    tenantId: tenantId(),
    consentId: uuid("consent_id").notNull(),
    userId: uuid("user_id").$type<UserId>(),
    actor: text("actor").notNull(),
    textVersion: text("text_version").notNull(),
    text: text("text").notNull(),
    locale: text("locale").notNull(),
    terms: jsonb("terms").notNull(),
    createdAt: at("created_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.consentId] })],
);

export const ATTEMPT_STATES = [
  "reserved",
  "charging",
  "processing",
  "requires_action",
  "unknown",
  "succeeded",
  "failed",
] as const;
export type AttemptState = (typeof ATTEMPT_STATES)[number];
export const TRIGGERS = ["debit", "sweep", "rule_saved", "method_added", "manual", "retry"] as const;
export type Trigger = (typeof TRIGGERS)[number];

/** A row before the charge: its id is Stripe's idempotency key. A new try is a new row. */
export const rechargeAttempts = pgTable(
  "recharge_attempts",
  {
    tenantId: tenantId(),
    attemptId: uuid("attempt_id").$type<AttemptId>().notNull(),
    state: text("state").$type<AttemptState>().notNull(),
    trigger: text("trigger").$type<Trigger>().notNull(),
    episodeId: uuid("episode_id"),
    isBackup: boolean("is_backup").notNull().default(false),
    currency: text("currency").$type<Currency>().notNull(),
    amountMinor: minor("amount_minor").notNull(),
    feeMinor: minor("fee_minor").notNull(),
    totalMinor: minor("total_minor").notNull(),
    feePolicy: text("fee_policy").notNull(),
    feeReason: text("fee_reason"),
    paymentMethodId: text("payment_method_id").$type<PaymentMethodId>().notNull(),
    fingerprint: text("fingerprint"),
    stripeCustomerId: text("stripe_customer_id").notNull(),
    stripePaymentIntentId: text("stripe_payment_intent_id").$type<PaymentIntentId>(),
    /** The Idempotency-Key of a manual top-up. */
    requestKey: text("request_key"),
    createdAt: at("created_at").notNull(),
    /** When Stripe was last asked to charge, or was heard to have charged: from then on it counts against the limits. */
    chargingAt: at("charging_at"),
    /** Until then the process that reserved or charges it is presumed alive. */
    leaseUntil: at("lease_until").notNull(),
    completedAt: at("completed_at"),
    reversedAt: at("reversed_at"),
    failureCode: text("failure_code"),
    declineCode: text("decline_code"),
    failureMessage: text("failure_message"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.attemptId] }),
    uniqueIndex("recharge_attempts_one_open")
      .on(t.tenantId)
      .where(sql`state in ('reserved', 'charging', 'processing', 'requires_action', 'unknown')`),
    uniqueIndex("recharge_attempts_payment_intent").on(t.stripePaymentIntentId),
    uniqueIndex("recharge_attempts_request_key").on(t.tenantId, t.requestKey),
    index("recharge_attempts_by_time").on(t.tenantId, t.createdAt),
    index("recharge_attempts_backups").on(t.tenantId, t.episodeId).where(sql`is_backup`),
    index("recharge_attempts_unresolved")
      .on(t.leaseUntil)
      .where(sql`state in ('reserved', 'charging', 'processing', 'requires_action', 'unknown')`),
    check(
      "total_is_amount_and_fee",
      sql`total_minor = amount_minor + fee_minor and amount_minor > 0 and fee_minor >= 0`,
    ),
  ],
);

/** The why list: one row for every look at a low balance. A sweep that finds the same again counts up instead. */
export const rechargeDecisions = pgTable(
  "recharge_decisions",
  {
    tenantId: tenantId(),
    decisionId: uuid("decision_id").notNull(),
    trigger: text("trigger").$type<Trigger>().notNull(),
    outcome: text("outcome").notNull(),
    reason: text("reason").notNull(),
    inputs: jsonb("inputs").notNull(),
    attemptId: uuid("attempt_id").$type<AttemptId>(),
    nextPossibleAt: at("next_possible_at"),
    repeats: integer("repeats").notNull().default(1),
    createdAt: at("created_at").notNull(),
    lastAt: at("last_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.decisionId] }),
    index("recharge_decisions_by_time").on(t.tenantId, t.createdAt),
  ],
);

/** Every time a card is asked for money, whatever for; networks cap the tries of a card in 30 days. */
export const cardTries = pgTable(
  "card_tries",
  {
    tenantId: tenantId(),
    tryId: uuid("try_id").notNull(),
    fingerprint: text("fingerprint").notNull(),
    purpose: text("purpose").notNull(),
    succeeded: boolean("succeeded").notNull().default(false),
    createdAt: at("created_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.tryId] }), index("card_tries_by_card").on(t.fingerprint, t.createdAt)],
);

/** The operator's brakes on all tenants: a single row. */
export const rechargeBrakes = pgTable("recharge_brakes", {
  id: integer("id").primaryKey().default(1),
  stopAll: boolean("stop_all").notNull().default(false),
  dryRun: boolean("dry_run").notNull().default(false),
  updatedBy: uuid("updated_by").$type<UserId>(),
  updatedAt: at("updated_at"),
});
