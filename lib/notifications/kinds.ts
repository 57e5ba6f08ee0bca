import type { Reason } from "@/lib/recharge/types";

/**
 * What each kind of notice is told when it is made. Amounts are minor units of the tenant's currency, instants ISO 8601
 * in UTC. Words (the method's name, reasons, dates) are made when the notice is shown, in the reader's language.
 */
export type NoticeParams = {
  /** A top-up arrived: the receipt. `balanceMinor` is the balance right after it. */
  charged: {
    attemptId: string;
    amountMinor: number;
    feeMinor: number;
    totalMinor: number;
    balanceMinor: number;
    paymentMethodId: string;
  };
  /** The first decline of an episode. `retryAt` null: nothing is tried again by itself. */
  declined: {
    attemptId: string;
    totalMinor: number;
    paymentMethodId: string;
    retryAt: string | null;
    /** 1: the backup method is charged at once. */
    backup: 0 | 1;
  };
  /** Auto-recharge stopped until the customer does something. */
  paused: { paymentMethodId: string | null; reason: PauseReason };
  /** The bank wants the customer present; the link finishes the same payment. */
  needs_authentication: { attemptId: string; totalMinor: number; paymentMethodId: string };
  limit_80: LimitParams;
  limit_100: LimitParams;
  /** The balance is under the minimum and nothing fills it. `minMinor` null: no minimum was ever set. */
  low_balance: { balanceMinor: number; minMinor: number | null; reason: Reason };
  resumed: { paymentMethodId: string | null };
  /** A payment that had counted was taken back: a bank debit returned, a dispute lost. */
  payment_returned: {
    attemptId: string;
    amountMinor: number;
    totalMinor: number;
    balanceMinor: number;
    paymentMethodId: string;
  };
  /** A limit or a brake stood in the way of a charge. */
  blocked: { balanceMinor: number; reason: Reason; nextPossibleAt: string | null };
  /** A quota reached 80 or 100 %; `hasOverage` 1: more is paid from the balance, 0: more is refused. */
  usage_80: QuotaParams;
  usage_100: QuotaParams;
  /** Money was given back, the fee's part of it in `feeMinor`. */
  refunded: { transactionId: string; amountMinor: number; feeMinor: number };
  refund_failed: { transactionId: string; amountMinor: number };
  /** `hasMethod` 0: nothing can be charged when it ends, and the plan becomes the free one. */
  trial_ending: { plan: string; at: string; amountMinor: number; hasMethod: 0 | 1 };
  renewal_coming: { plan: string; at: string; amountMinor: number };
  subscription_started: { plan: string; at: string };
  subscription_changed: { plan: string; from: string; at: string };
  subscription_ending: { plan: string; at: string };
  subscription_ended: { plan: string; at: string };
  invoice_sent: InvoiceParams & { dueAt: string | null };
  invoice_paid: InvoiceParams;
  invoice_overdue: InvoiceParams & { dueAt: string };
  /** A payment of it is asked about by its bank, or was taken back: a dispute lost, a debit returned. */
  invoice_disputed: InvoiceParams & { outcome: "open" | "lost" };
  /** The first failure of an invoice: its timetable begins. `nextTryAt` null: nothing is tried again by itself. */
  invoice_failed: DunningParams;
  dunning_failed: DunningParams;
  dunning_grace_ending: DunningParams;
  dunning_ended: DunningParams;
  dunning_recovered: InvoiceParams;
  method_expiring: { paymentMethodId: string; at: string };
};

/** An invoice by its number; the amount is what is or was due. */
export type InvoiceParams = { invoiceId: string; number: string; amountMinor: number };
export type DunningParams = InvoiceParams & { nextTryAt: string | null; graceEndsAt: string };

export type QuotaParams = { metric: string; used: number; included: number; periodEnd: string; hasOverage: 0 | 1 };

export const PAUSE_REASONS = ["paused_declines", "paused_hard_decline", "paused_returned"] as const;
export type PauseReason = (typeof PAUSE_REASONS)[number];

/** A limit that is nearly or wholly used: an amount (`max_per_day`, `max_per_month`) or a number of charges. */
export type LimitParams = {
  limit: "max_per_day" | "max_per_month" | "max_charges_per_day";
  /** Minor units, or a number of charges for `max_charges_per_day`. */
  used: number;
  allowed: number;
  /** When there is room again, if that is known. */
  resetsAt: string | null;
};

export type NoticeKind = keyof NoticeParams;

export const NOTICE_KINDS = [
  "charged",
  "declined",
  "paused",
  "needs_authentication",
  "limit_80",
  "limit_100",
  "low_balance",
  "resumed",
  "payment_returned",
  "blocked",
  "usage_80",
  "usage_100",
  "refunded",
  "refund_failed",
  "trial_ending",
  "renewal_coming",
  "subscription_started",
  "subscription_changed",
  "subscription_ending",
  "subscription_ended",
  "invoice_sent",
  "invoice_paid",
  "invoice_overdue",
  "invoice_disputed",
  "invoice_failed",
  "dunning_failed",
  "dunning_grace_ending",
  "dunning_ended",
  "dunning_recovered",
  "method_expiring",
] as const satisfies readonly NoticeKind[];

/** A notice with the params that belong to its kind. */
export type NoticeContent = { [K in NoticeKind]: { kind: K; params: NoticeParams[K] } }[NoticeKind];
