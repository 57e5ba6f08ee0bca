import { sql } from "drizzle-orm";
import { boolean, check, index, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import type { PaymentMethodId, StripeCustomerId, SubscriptionId } from "@/lib/ids";
import type { Currency } from "@/lib/money/currency";
import { at, minor, tenantId } from "../columns";
import { tenants } from "./tenants";

export const BILLING_CYCLES = ["monthly", "yearly"] as const;
export type BillingCycle = (typeof BILLING_CYCLES)[number];

export const SUBSCRIPTION_STATUSES = [
  "incomplete",
  "trialing",
  "active",
  "past_due",
  "unpaid",
  "paused",
  "canceled",
  "incomplete_expired",
] as const;
export type SubscriptionStatus = (typeof SUBSCRIPTION_STATUSES)[number];

/** What is taken off each invoice, as Stripe says it. Either a share or an amount. */
export type SubscriptionDiscount = {
  couponId: string;
  name: string | null;
  promotionCode: string | null;
  percentOff: string | null;
  amountOffMinor: number | null;
  endsAt: string | null;
};

/**
 * A mirror of the customer's subscription at Stripe, made equal by re-fetching. The Free plan has none at Stripe: its months are
 * renewed here. One per tenant that has not ended; beside it one whose first payment is not through.
 */
export const subscriptions = pgTable(
  "subscriptions",
  {
    tenantId: tenantId().references(() => tenants.tenantId),
    subscriptionId: uuid("subscription_id").$type<SubscriptionId>().notNull(),
    stripeSubscriptionId: text("stripe_subscription_id").unique(),
    stripeCustomerId: text("stripe_customer_id").$type<StripeCustomerId>(),
    stripeItemId: text("stripe_item_id"),
    /** What the customer may use now; see `pendingPlan` for what comes next. */
    plan: text("plan").notNull(),
    planVersion: text("plan_version").notNull(),
    billingCycle: text("billing_cycle").$type<BillingCycle>().notNull(),
    status: text("status").$type<SubscriptionStatus>().notNull(),
    currency: text("currency").$type<Currency>().notNull(),
    currentPeriodStart: at("current_period_start").notNull(),
    currentPeriodEnd: at("current_period_end").notNull(),
    /** Quotas are counted in months from here, for yearly billing too. */
    usageAnchorAt: at("usage_anchor_at").notNull(),
    trialEnd: at("trial_end"),
    /** When it ends, once that is decided. */
    cancelAt: at("cancel_at"),
    cancelReason: text("cancel_reason"),
    canceledAt: at("canceled_at"),
    endedAt: at("ended_at"),
    pausedAt: at("paused_at"),
    /** A downgrade that waits for the end of what was paid. */
    pendingPlan: text("pending_plan"),
    pendingPlanVersion: text("pending_plan_version"),
    pendingBillingCycle: text("pending_billing_cycle").$type<BillingCycle>(),
    pendingAt: at("pending_at"),
    discount: jsonb("discount").$type<SubscriptionDiscount>(),
    paymentMethodId: text("payment_method_id").$type<PaymentMethodId>(),
    metadata: jsonb("metadata").$type<Record<string, string>>().notNull().default({}),
    createdAt: at("created_at").notNull(),
    /** When Stripe was asked last; an older answer never overwrites a newer one. */
    syncedAt: at("synced_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.subscriptionId] }),
    uniqueIndex("subscriptions_one_live").on(t.tenantId).where(sql`ended_at is null and status <> 'incomplete'`),
    index("subscriptions_by_time").on(t.tenantId, t.createdAt),
    index("subscriptions_local_due")
      .on(t.currentPeriodEnd)
      .where(sql`stripe_subscription_id is null and ended_at is null`),
    index("subscriptions_renewing").on(t.currentPeriodEnd).where(sql`ended_at is null`),
    check("period_forwards", sql`current_period_start < current_period_end`),
  ],
);

export const CHANGE_KINDS = [
  "create",
  "upgrade",
  "downgrade",
  "cancel",
  "reactivate",
  "pause",
  "resume",
  "coupon",
] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];
export const CHANGE_STATES = ["started", "applied", "requires_action", "failed", "unknown"] as const;
export type ChangeState = (typeof CHANGE_STATES)[number];

/** A row before each change at Stripe: its id is Stripe's idempotency key, and what was quoted is kept beside what was charged. */
export const subscriptionChanges = pgTable(
  "subscription_changes",
  {
    tenantId: tenantId(),
    changeId: uuid("change_id").notNull(),
    subscriptionId: uuid("subscription_id").$type<SubscriptionId>().notNull(),
    kind: text("kind").$type<ChangeKind>().notNull(),
    state: text("state").$type<ChangeState>().notNull(),
    fromPlan: text("from_plan"),
    toPlan: text("to_plan"),
    toPlanVersion: text("to_plan_version"),
    toBillingCycle: text("to_billing_cycle").$type<BillingCycle>(),
    terms: jsonb("terms").$type<Record<string, string | number | boolean | null>>().notNull().default({}),
    prorationAt: at("proration_at"),
    quotedMinor: minor("quoted_minor"),
    chargedMinor: minor("charged_minor"),
    stripeInvoiceId: text("stripe_invoice_id"),
    requestKey: text("request_key"),
    actor: text("actor").notNull(),
    failureCode: text("failure_code"),
    failureMessage: text("failure_message"),
    createdAt: at("created_at").notNull(),
    /** Until then the process that works on it is presumed alive; afterwards Stripe is asked what became of it. */
    leaseUntil: at("lease_until").notNull(),
    completedAt: at("completed_at"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.changeId] }),
    uniqueIndex("subscription_changes_one_open").on(t.tenantId).where(sql`state in ('started', 'unknown')`),
    uniqueIndex("subscription_changes_request_key").on(t.tenantId, t.requestKey),
    index("subscription_changes_unresolved")
      .on(t.leaseUntil)
      .where(sql`state in ('started', 'unknown', 'requires_action')`),
    index("subscription_changes_by_time").on(t.tenantId, t.subscriptionId, t.createdAt),
  ],
);

/**
 * A pause's credit that is taken back, since the subscription ended before it was used: a row before Stripe is asked, its id the
 * idempotency key.
 */
export const creditWithdrawals = pgTable(
  "credit_withdrawals",
  {
    tenantId: tenantId(),
    withdrawalId: uuid("withdrawal_id").notNull(),
    subscriptionId: uuid("subscription_id").$type<SubscriptionId>().notNull(),
    pausedAt: at("paused_at").notNull(),
    /** What was left of it; null until that was asked. */
    amountMinor: minor("amount_minor"),
    createdAt: at("created_at").notNull(),
    /** Until then the process that works on it is presumed alive. */
    leaseUntil: at("lease_until").notNull(),
    completedAt: at("completed_at"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.withdrawalId] }),
    uniqueIndex("credit_withdrawals_subscription").on(t.tenantId, t.subscriptionId),
    index("credit_withdrawals_open").on(t.leaseUntil).where(sql`completed_at is null`),
  ],
);

/** One trial per card, whichever tenant it pays for. Not a tenant's table: it is asked about by a function only. */
export const trialClaims = pgTable("trial_claims", {
  fingerprint: text("fingerprint").primaryKey(),
  tenantId: tenantId(),
  subscriptionId: uuid("subscription_id").$type<SubscriptionId>().notNull(),
  claimedAt: at("claimed_at").notNull(),
});

/** What the catalogue's prices are called at Stripe; written by the catalogue's sync. A price that was replaced stays known. */
export const stripePrices = pgTable(
  "stripe_prices",
  {
    priceId: text("price_id").primaryKey(),
    lookupKey: text("lookup_key").notNull(),
    plan: text("plan").notNull(),
    planVersion: text("plan_version").notNull(),
    billingCycle: text("billing_cycle").$type<BillingCycle>().notNull(),
    currency: text("currency").$type<Currency>().notNull(),
    amountMinor: minor("amount_minor").notNull(),
    productId: text("product_id").notNull(),
    /** The one that the lookup key finds. */
    isCurrent: boolean("is_current").notNull().default(true),
    syncedAt: at("synced_at").notNull(),
  },
  (t) => [uniqueIndex("stripe_prices_current").on(t.lookupKey).where(sql`is_current`)],
);
