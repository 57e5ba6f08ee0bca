import { sql } from "drizzle-orm";
import { boolean, index, jsonb, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import type { PaymentMethodId, StripeCustomerId } from "@/lib/ids";
import { at, tenantId } from "../columns";
import { tenants } from "./tenants";

export type CardDetails = {
  brand: string;
  last4: string;
  expMonth: number;
  expYear: number;
  funding: string;
  country: string | null;
};
export type BankDetails = { bankName: string | null; last4: string | null; accountType: string | null };
export type BillingAddress = {
  line1: string | null;
  line2: string | null;
  city: string | null;
  state: string | null;
  postalCode: string | null;
  country: string | null;
};
export const METHOD_STATUSES = ["active", "requires_verification", "expired", "failing"] as const;

/** A mirror of the customer's payment methods at Stripe, made equal by re-fetching. */
export const paymentMethods = pgTable(
  "payment_methods",
  {
    tenantId: tenantId().references(() => tenants.tenantId),
    paymentMethodId: text("payment_method_id").$type<PaymentMethodId>().notNull(),
    stripeCustomerId: text("stripe_customer_id").$type<StripeCustomerId>().notNull(),
    type: text("type").notNull(),
    card: jsonb("card").$type<CardDetails>(),
    bankAccount: jsonb("bank_account").$type<BankDetails>(),
    billingName: text("billing_name"),
    billingAddress: jsonb("billing_address").$type<BillingAddress>(),
    fingerprint: text("fingerprint"),
    isDefault: boolean("is_default").notNull().default(false),
    status: text("status").$type<(typeof METHOD_STATUSES)[number]>().notNull(),
    createdAt: at("created_at").notNull(),
    removedAt: at("removed_at"),
    /** A removal that Stripe has not answered yet lends the method until then. */
    removingUntil: at("removing_until"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.paymentMethodId] }),
    uniqueIndex("payment_methods_one_default").on(t.tenantId).where(sql`is_default and removed_at is null`),
    index("payment_methods_by_time").on(t.tenantId, t.createdAt),
    // Months since the year 0, in which the card can be charged for the last time.
    index("payment_methods_expiring")
      .on(sql`(((card->>'expYear')::int * 12 + (card->>'expMonth')::int))`)
      .where(sql`card is not null and removed_at is null`),
  ],
);
