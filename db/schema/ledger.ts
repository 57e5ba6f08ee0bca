import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  index,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import type { Currency } from "@/lib/money/currency";
import { at, minor, tenantId } from "../columns";

/**
 * `prepaid` is what we owe the customer (credit is positive), `stripe` what Stripe holds for us (negative is money received),
 * the others say where money went. Entries of a transaction sum to zero.
 */
export const ACCOUNTS = [
  "prepaid",
  "stripe",
  "fee_revenue",
  "usage_revenue",
  "invoice_revenue",
  "tax_payable",
  "adjustments",
  "disputed",
] as const;
export type Account = (typeof ACCOUNTS)[number];

export const ledgerAccounts = pgTable(
  "ledger_accounts",
  {
    tenantId: tenantId(),
    account: text("account").$type<Account>().notNull(),
    currency: text("currency").$type<Currency>().notNull(),
    balanceMinor: minor("balance_minor").notNull().default(sql`0`),
    heldMinor: minor("held_minor").notNull().default(sql`0`),
    version: bigint("version", { mode: "number" }).notNull().default(0),
    /** A debit or hold that would leave less than this available is refused; null: no floor. */
    floorMinor: minor("floor_minor"),
    /** The minimum of an enabled auto-recharge rule, else null. */
    rechargeBelowMinor: minor("recharge_below_minor"),
    /** The earliest time at which another look at a low balance can lead to anything new. */
    rechargeCheckAt: at("recharge_check_at").notNull().default(sql`'-infinity'`),
    /** Generated, so that the sweep's partial index does not name the balance: debits stay heap-only updates. */
    needsRecharge: boolean("needs_recharge")
      .notNull()
      .generatedAlwaysAs(sql`recharge_below_minor is not null and balance_minor < recharge_below_minor`),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.account, t.currency] }),
    index("ledger_accounts_due").on(t.rechargeCheckAt, t.tenantId).where(sql`needs_recharge`),
    check("held_not_negative", sql`held_minor >= 0`),
  ],
);

export const ledgerTransactions = pgTable(
  "ledger_transactions",
  {
    tenantId: tenantId(),
    transactionId: uuid("transaction_id").notNull(),
    kind: text("kind").notNull(),
    /** What caused it; unique per tenant and kind for ever: this is what makes posting idempotent. */
    sourceId: text("source_id").notNull(),
    description: text("description"),
    metadata: jsonb("metadata").$type<Record<string, string>>(),
    /** The transaction that this one takes back. */
    reversesId: uuid("reverses_id"),
    createdAt: at("created_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.transactionId] }),
    uniqueIndex("ledger_transactions_source").on(t.tenantId, t.kind, t.sourceId),
    // Over all tenants, for the comparison with Stripe; debits are not in them.
    index("ledger_transactions_paid_at").on(t.createdAt).where(sql`kind in ('recharge', 'invoice_payment')`),
    index("ledger_transactions_paid_by").on(t.sourceId).where(sql`kind in ('recharge', 'invoice_payment')`),
  ],
);

export const ledgerEntries = pgTable(
  "ledger_entries",
  {
    tenantId: tenantId(),
    account: text("account").$type<Account>().notNull(),
    currency: text("currency").$type<Currency>().notNull(),
    /** Counts the entries of an account from 1, without gaps. */
    version: bigint("version", { mode: "number" }).notNull(),
    transactionId: uuid("transaction_id").notNull(),
    amountMinor: minor("amount_minor").notNull(),
    balanceAfterMinor: minor("balance_after_minor").notNull(),
    createdAt: at("created_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.account, t.currency, t.version] }),
    // What a payment or a refund moved. What usage earns is never asked for by its transaction, and it is the most of all.
    index("ledger_entries_by_transaction").on(t.transactionId).where(sql`account <> 'usage_revenue'`),
    // Reports over all tenants; next to nothing to keep, since entries are only ever added.
    index("ledger_entries_at").using("brin", t.createdAt),
    check("amount_not_zero", sql`amount_minor <> 0`),
  ],
);

export const HOLD_STATES = ["active", "captured", "released", "expired"] as const;

export const ledgerHolds = pgTable(
  "ledger_holds",
  {
    tenantId: tenantId(),
    holdId: uuid("hold_id").notNull(),
    currency: text("currency").$type<Currency>().notNull(),
    amountMinor: minor("amount_minor").notNull(),
    capturedMinor: minor("captured_minor"),
    state: text("state").$type<(typeof HOLD_STATES)[number]>().notNull(),
    sourceId: text("source_id").notNull(),
    description: text("description"),
    createdAt: at("created_at").notNull(),
    expiresAt: at("expires_at").notNull(),
    endedAt: at("ended_at"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.holdId] }),
    uniqueIndex("ledger_holds_source").on(t.tenantId, t.sourceId),
    index("ledger_holds_expiring").on(t.expiresAt).where(sql`state = 'active'`),
    check("hold_amount_positive", sql`amount_minor > 0`),
  ],
);
