import { sql } from "drizzle-orm";
import { check, index, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import type { InvoiceId, PaymentIntentId, TransactionId } from "@/lib/ids";
import type { Currency } from "@/lib/money/currency";
import { at, minor, tenantId } from "../columns";
import { tenants } from "./tenants";

export const TRANSACTION_TYPES = ["payment", "refund", "adjustment", "fee"] as const;
export type TransactionType = (typeof TRANSACTION_TYPES)[number];
export const TRANSACTION_STATUSES = ["pending", "succeeded", "failed", "canceled"] as const;
export type TransactionStatus = (typeof TRANSACTION_STATUSES)[number];

/** The one list of money that moved between the customer and us: written in the transaction that moves it. */
export const transactions = pgTable(
  "transactions",
  {
    tenantId: tenantId().references(() => tenants.tenantId),
    transactionId: uuid("transaction_id").$type<TransactionId>().notNull(),
    /** Shown to people: `TX-000123`. */
    number: text("number").notNull(),
    type: text("type").$type<TransactionType>().notNull(),
    status: text("status").$type<TransactionStatus>().notNull(),
    currency: text("currency").$type<Currency>().notNull(),
    /** What the customer paid (positive) or got (negative). */
    amountMinor: minor("amount_minor").notNull(),
    feeMinor: minor("fee_minor").notNull().default(sql`0`),
    netMinor: minor("net_minor").notNull(),
    refundedMinor: minor("refunded_minor").notNull().default(sql`0`),
    /** What of that was fee: the next refund goes on from it, also when one before it failed after others. */
    refundedFeeMinor: minor("refunded_fee_minor").notNull().default(sql`0`),
    description: text("description").notNull(),
    /** `recharge`, `invoice`, `refund`, `adjustment`, `dispute`. */
    sourceKind: text("source_kind").notNull(),
    sourceId: text("source_id").notNull(),
    invoiceId: uuid("invoice_id").$type<InvoiceId>(),
    stripePaymentIntentId: text("stripe_payment_intent_id").$type<PaymentIntentId>(),
    stripeChargeId: text("stripe_charge_id"),
    createdAt: at("created_at").notNull(),
    processedAt: at("processed_at"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.transactionId] }),
    uniqueIndex("transactions_number").on(t.tenantId, t.number),
    uniqueIndex("transactions_source").on(t.tenantId, t.type, t.sourceKind, t.sourceId),
    index("transactions_by_time").on(t.tenantId, t.createdAt, t.transactionId),
    index("transactions_by_type").on(t.tenantId, t.type, t.createdAt, t.transactionId),
    index("transactions_by_invoice").on(t.tenantId, t.invoiceId).where(sql`invoice_id is not null`),
    index("transactions_by_intent").on(t.stripePaymentIntentId),
    index("transactions_by_processed").on(t.tenantId, t.processedAt),
    index("transactions_processed").on(t.processedAt),
    index("transactions_pending").on(t.createdAt).where(sql`status = 'pending'`),
    check("net_is_amount_less_fee", sql`net_minor = amount_minor - fee_minor`),
  ],
);

export const REFUND_STATES = ["started", "pending", "unknown", "succeeded", "failed", "canceled"] as const;
export type RefundState = (typeof REFUND_STATES)[number];

/** Money given back: a row before Stripe is asked, its id the idempotency key. Also mirrors refunds made in Stripe's dashboard. */
export const refunds = pgTable(
  "refunds",
  {
    tenantId: tenantId(),
    refundId: uuid("refund_id").notNull(),
    /** The payment that is given back. */
    transactionId: uuid("transaction_id").$type<TransactionId>().notNull(),
    state: text("state").$type<RefundState>().notNull(),
    currency: text("currency").$type<Currency>().notNull(),
    /** What the customer gets; of it `principalMinor` comes from the balance or the invoice, `feeMinor` from the fee. */
    amountMinor: minor("amount_minor").notNull(),
    principalMinor: minor("principal_minor").notNull(),
    feeMinor: minor("fee_minor").notNull(),
    reason: text("reason"),
    actor: text("actor").notNull(),
    stripeRefundId: text("stripe_refund_id").unique(),
    requestKey: text("request_key"),
    failureReason: text("failure_reason"),
    createdAt: at("created_at").notNull(),
    leaseUntil: at("lease_until").notNull(),
    completedAt: at("completed_at"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.refundId] }),
    uniqueIndex("refunds_request_key").on(t.tenantId, t.requestKey),
    index("refunds_by_transaction").on(t.tenantId, t.transactionId),
    index("refunds_by_time").on(t.createdAt),
    index("refunds_unresolved").on(t.leaseUntil).where(sql`state in ('started', 'pending', 'unknown')`),
    check("refund_adds_up", sql`amount_minor = principal_minor + fee_minor and amount_minor > 0`),
  ],
);

/** A receipt for each top-up, with a number of its own series. */
export const receipts = pgTable(
  "receipts",
  {
    tenantId: tenantId(),
    receiptId: uuid("receipt_id").notNull(),
    number: text("number").notNull(),
    attemptId: uuid("attempt_id").notNull(),
    issuedAt: at("issued_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.receiptId] }),
    uniqueIndex("receipts_number").on(t.tenantId, t.number),
    uniqueIndex("receipts_attempt").on(t.tenantId, t.attemptId),
  ],
);
