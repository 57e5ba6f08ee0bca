import type { TransactionStatus } from "@/db/schema/transactions";
import type { PaymentIntentId, StripeCustomerId, TenantId } from "@/lib/ids";
import type { Currency } from "@/lib/money/currency";
import type { Minor } from "@/lib/money/minor";
import type { RefundSnapshot } from "@/lib/stripe/refunds";
import type { Statement, StripePayment } from "@/lib/stripe/statement";

/** A payment that the ledger has credited. */
export type Credit = {
  tenantId: TenantId;
  kind: "recharge" | "invoice_payment";
  paymentId: PaymentIntentId;
  amountMinor: Minor;
  feeMinor: Minor;
  currency: Currency;
  createdAt: Date;
  /** What the list of transactions says of it; null: it is not there. */
  listedMinor: Minor | null;
  listedStatus: TransactionStatus | null;
};

/** A refund that is under way or done here. */
export type OurRefund = {
  tenantId: TenantId;
  refundId: string;
  stripeRefundId: string | null;
  state: "started" | "pending" | "unknown" | "succeeded" | "failed" | "canceled";
  amountMinor: Minor;
  currency: Currency;
  createdAt: Date;
};

/** A disputed payment in the list of transactions. */
export type OurDispute = { tenantId: TenantId; disputeId: string; status: TransactionStatus; amountMinor: Minor };

/** Money of which we wait to hear for long. */
export type Waiting = {
  tenantId: TenantId;
  transactionId: string;
  amountMinor: Minor;
  currency: Currency;
  createdAt: Date;
};

export type OurSide = {
  credits: Credit[];
  refunds: OurRefund[];
  disputes: OurDispute[];
  waiting: Waiting[];
  /** Whose customer is whose. */
  tenants: ReadonlyMap<StripeCustomerId, TenantId>;
};

/** Stripe's lists, and what was asked for by itself. */
export type StripeSide = Statement & {
  /** Credited here and in no list; null: Stripe has never heard of it. */
  askedPayments: ReadonlyMap<string, StripePayment | null>;
  askedRefunds: ReadonlyMap<string, RefundSnapshot | null>;
  /** The invoice that a payment without credit is for. */
  invoiceOf: ReadonlyMap<string, string | null>;
};
