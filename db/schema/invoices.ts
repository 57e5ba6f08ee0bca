import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  index,
  integer,
  jsonb,
  numeric,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import type {
  InvoiceId,
  PaymentIntentId,
  PaymentMethodId,
  StripeCustomerId,
  SubscriptionId,
  TransactionId,
} from "@/lib/ids";
import type { Currency } from "@/lib/money/currency";
import { at, minor, tenantId } from "../columns";
import { tenants } from "./tenants";

export const INVOICE_STATUSES = ["draft", "open", "paid", "void", "uncollectible"] as const;
export type InvoiceStatus = (typeof INVOICE_STATUSES)[number];

/** An invoice: of a subscription (a mirror of Stripe's), or made by hand (ours until it is finalised at Stripe, then a mirror). */
export const invoices = pgTable(
  "invoices",
  {
    tenantId: tenantId().references(() => tenants.tenantId),
    invoiceId: uuid("invoice_id").$type<InvoiceId>().notNull(),
    stripeInvoiceId: text("stripe_invoice_id").unique(),
    /** Ours, without gaps per tenant, given when it is finalised and kept for ever. */
    number: text("number"),
    status: text("status").$type<InvoiceStatus>().notNull(),
    /** `subscription_create`, `subscription_cycle`, `subscription_update` or `manual`. */
    reason: text("reason").notNull(),
    subscriptionId: uuid("subscription_id").$type<SubscriptionId>(),
    stripeCustomerId: text("stripe_customer_id").$type<StripeCustomerId>(),
    currency: text("currency").$type<Currency>().notNull(),
    subtotalMinor: minor("subtotal_minor").notNull(),
    discountMinor: minor("discount_minor").notNull().default(sql`0`),
    /** Percent. */
    taxRate: numeric("tax_rate", { precision: 7, scale: 4 }).notNull().default("0"),
    taxMinor: minor("tax_minor").notNull().default(sql`0`),
    totalMinor: minor("total_minor").notNull(),
    amountDueMinor: minor("amount_due_minor").notNull(),
    amountPaidMinor: minor("amount_paid_minor").notNull().default(sql`0`),
    /** What the customer's credit at Stripe paid of it; negative: what it added to the credit, or what was owed from before. */
    fromCreditMinor: minor("from_credit_minor").notNull().default(sql`0`),
    /** Taken off by credit notes after it was finalised. */
    creditedMinor: minor("credited_minor").notNull().default(sql`0`),
    /** Charged to the saved method by itself; else the customer pays it when it likes. */
    chargesAutomatically: boolean("charges_automatically").notNull().default(false),
    memo: text("memo"),
    dueAt: at("due_at"),
    periodStart: at("period_start"),
    periodEnd: at("period_end"),
    hostedUrl: text("hosted_url"),
    /** The billing details as they were when it was finalised, for its PDF. */
    billedTo: jsonb("billed_to").$type<Record<string, string | null>>(),
    createdBy: text("created_by").notNull(),
    requestKey: text("request_key"),
    createdAt: at("created_at").notNull(),
    issuedAt: at("issued_at"),
    sentAt: at("sent_at"),
    paidAt: at("paid_at"),
    voidedAt: at("voided_at"),
    markedUncollectibleAt: at("marked_uncollectible_at"),
    /** Somebody began to finalise it: until then the one who did is presumed alive, afterwards it is gone on with. */
    finalizeLeaseUntil: at("finalize_lease_until"),
    overdueToldAt: at("overdue_told_at"),
    /** Its subscription ended before the period it asks for was over: nobody pays it any more, and then it is voided (again). */
    withdrawAt: at("withdraw_at"),
    syncedAt: at("synced_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.invoiceId] }),
    uniqueIndex("invoices_number").on(t.tenantId, t.number),
    uniqueIndex("invoices_request_key").on(t.tenantId, t.requestKey),
    index("invoices_by_time").on(t.tenantId, t.createdAt),
    index("invoices_by_status").on(t.tenantId, t.status, t.createdAt),
    index("invoices_open_due").on(t.dueAt).where(sql`status = 'open' and overdue_told_at is null`),
    index("invoices_to_withdraw").on(t.withdrawAt).where(sql`status = 'open' and withdraw_at is not null`),
    index("invoices_finalizing")
      .on(t.finalizeLeaseUntil)
      .where(sql`status = 'draft' and finalize_lease_until is not null`),
    check("numbered_when_final", sql`status = 'draft' or number is not null`),
  ],
);

export const invoiceLines = pgTable(
  "invoice_lines",
  {
    tenantId: tenantId(),
    invoiceId: uuid("invoice_id").$type<InvoiceId>().notNull(),
    position: integer("position").notNull(),
    description: text("description").notNull(),
    quantity: numeric("quantity", { precision: 24, scale: 6 }).notNull(),
    /** Major units, as many decimals as the price has. */
    unitAmount: numeric("unit_amount", { precision: 24, scale: 12 }).notNull(),
    amountMinor: minor("amount_minor").notNull(),
    periodStart: at("period_start"),
    periodEnd: at("period_end"),
    isProration: boolean("is_proration").notNull().default(false),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.invoiceId, t.position] })],
);

/** Series of numbers without gaps: `invoice`, `receipt`, `credit_note`, `transaction`. Counted up in the transaction that uses the number. */
export const numberSeries = pgTable(
  "number_series",
  {
    tenantId: tenantId(),
    series: text("series").notNull(),
    last: integer("last").notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.series] })],
);

export const INVOICE_PAYMENT_STATES = [
  "started",
  "processing",
  "requires_action",
  "unknown",
  "succeeded",
  "failed",
] as const;
export type InvoicePaymentState = (typeof INVOICE_PAYMENT_STATES)[number];
export const INVOICE_PAYMENT_TRIGGERS = ["stripe", "customer", "link", "dunning", "method_added", "retry"] as const;

/** A try to collect an invoice: a row before Stripe is asked, its id the idempotency key. */
export const invoicePayments = pgTable(
  "invoice_payments",
  {
    tenantId: tenantId(),
    paymentId: uuid("payment_id").notNull(),
    invoiceId: uuid("invoice_id").$type<InvoiceId>().notNull(),
    state: text("state").$type<InvoicePaymentState>().notNull(),
    trigger: text("trigger").$type<(typeof INVOICE_PAYMENT_TRIGGERS)[number]>().notNull(),
    currency: text("currency").$type<Currency>().notNull(),
    amountMinor: minor("amount_minor").notNull(),
    paymentMethodId: text("payment_method_id").$type<PaymentMethodId>(),
    fingerprint: text("fingerprint"),
    stripePaymentIntentId: text("stripe_payment_intent_id").$type<PaymentIntentId>(),
    requestKey: text("request_key"),
    createdAt: at("created_at").notNull(),
    leaseUntil: at("lease_until").notNull(),
    completedAt: at("completed_at"),
    failureCode: text("failure_code"),
    declineCode: text("decline_code"),
    failureMessage: text("failure_message"),
    /** A customer's try that failed for a while is repeated then; emptied by whoever repeats it. */
    retryAt: at("retry_at"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.paymentId] }),
    uniqueIndex("invoice_payments_one_open")
      .on(t.tenantId, t.invoiceId)
      .where(sql`state in ('started', 'processing', 'requires_action', 'unknown')`),
    uniqueIndex("invoice_payments_request_key").on(t.tenantId, t.requestKey),
    index("invoice_payments_by_invoice").on(t.tenantId, t.invoiceId, t.createdAt),
    index("invoice_payments_to_retry").on(t.retryAt).where(sql`retry_at is not null`),
    index("invoice_payments_by_intent").on(t.stripePaymentIntentId),
    index("invoice_payments_unresolved")
      .on(t.leaseUntil)
      .where(sql`state in ('started', 'processing', 'requires_action', 'unknown')`),
  ],
);

export const CREDIT_NOTE_STATES = ["started", "unknown", "issued", "failed", "void"] as const;
export type CreditNoteState = (typeof CREDIT_NOTE_STATES)[number];

/**
 * Takes off what an open invoice asks for, or stands for what was given back of a paid one: a row before Stripe is asked, its id the
 * idempotency key. Also mirrors notes made in Stripe's dashboard.
 */
export const creditNotes = pgTable(
  "credit_notes",
  {
    tenantId: tenantId(),
    creditNoteId: uuid("credit_note_id").notNull(),
    invoiceId: uuid("invoice_id").$type<InvoiceId>().notNull(),
    /** `CN-000001`, given when it is issued and kept for ever. */
    number: text("number"),
    state: text("state").$type<CreditNoteState>().notNull(),
    currency: text("currency").$type<Currency>().notNull(),
    /** Tax included. */
    amountMinor: minor("amount_minor").notNull(),
    taxMinor: minor("tax_minor").notNull(),
    reason: text("reason"),
    /** Of a paid invoice: the payment that is given back, and the refund that does it, made first. */
    transactionId: uuid("transaction_id").$type<TransactionId>(),
    refundId: uuid("refund_id"),
    stripeCreditNoteId: text("stripe_credit_note_id").unique(),
    actor: text("actor").notNull(),
    requestKey: text("request_key"),
    failureReason: text("failure_reason"),
    createdAt: at("created_at").notNull(),
    leaseUntil: at("lease_until").notNull(),
    issuedAt: at("issued_at"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.creditNoteId] }),
    uniqueIndex("credit_notes_number").on(t.tenantId, t.number),
    uniqueIndex("credit_notes_request_key").on(t.tenantId, t.requestKey),
    index("credit_notes_by_invoice").on(t.tenantId, t.invoiceId, t.createdAt),
    index("credit_notes_unresolved").on(t.leaseUntil).where(sql`state in ('started', 'unknown')`),
    check("numbered_when_issued", sql`state not in ('issued', 'void') or number is not null`),
  ],
);
