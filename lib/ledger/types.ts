import type { Account } from "@/db/schema/ledger";
import type { Minor } from "@/lib/money/minor";

/** One side of a posting; positive is a credit. */
export type Leg = { account: Account; amountMinor: Minor };

export const POSTING_KINDS = [
  "debit",
  "recharge",
  "recharge_reversal",
  "adjustment",
  "hold_capture",
  "dispute_opened",
  "dispute_won",
  "dispute_lost",
  "usage",
  "invoice_payment",
  "refund",
  "refund_reversal",
] as const;
export type PostingKind = (typeof POSTING_KINDS)[number];

/** A ledger transaction to be written: what, caused by what, and legs that sum to zero. */
export type Posting = {
  kind: PostingKind;
  /** Unique per tenant and kind for ever: posting the same source again changes nothing. */
  sourceId: string;
  legs: Leg[];
  description?: string | null;
  metadata?: Record<string, string> | null;
  /** The transaction taken back by this one. */
  reversesId?: string | null;
};

/** The prepaid account after a posting. */
export type Posted = {
  balanceMinor: Minor;
  heldMinor: Minor;
  /** Below the minimum of an enabled auto-recharge rule. */
  needsRecharge: boolean;
  /** Indexes of the postings whose source had been posted before. */
  replayed: number[];
  /** Ids of the ledger's transactions, one for each posting; those of the replayed ones were not used. */
  ids: string[];
};
