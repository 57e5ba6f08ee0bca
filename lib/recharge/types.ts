import type { AttemptState, Trigger } from "@/db/schema/recharge";
import type { AttemptId, PaymentIntentId, PaymentMethodId, TenantId } from "@/lib/ids";
import type { Currency } from "@/lib/money/currency";
import type { Minor } from "@/lib/money/minor";

/** Money limits count what the card is charged: amount and fee together. Null: no such limit. */
export type Limits = {
  minChargeMinor: Minor | null;
  maxChargeMinor: Minor | null;
  /** Rolling 24 hours. */
  maxPerDayMinor: Minor | null;
  maxChargesPerDay: number | null;
  /** Calendar month in the tenant's time zone. */
  maxPerMonthMinor: Minor | null;
  minIntervalMinutes: number | null;
};

export type Rule = {
  enabled: boolean;
  minMinor: Minor | null;
  targetMinor: Minor | null;
  paymentMethodId: PaymentMethodId | null;
  backupPaymentMethodId: PaymentMethodId | null;
  limits: Limits;
  consent: { consentId: string; textVersion: string; actor: string; at: Date } | null;
};

/**
 * Why a charge was made or not: stable codes, each with one sentence in the messages under `recharge.reasons`.
 * `charged` comes with an attempt; every other one is a skip.
 */
export const REASONS = [
  "charged",
  "manual_charge",
  "dry_run",
  "balance_not_low",
  "rule_off",
  "stopped_all",
  "stopped_tenant",
  "charge_in_progress",
  "charge_processing",
  "outcome_unknown",
  "needs_authentication",
  "paused_declines",
  "paused_hard_decline",
  "paused_returned",
  "backing_off",
  "no_payment_method",
  "card_budget",
  "min_interval",
  "min_charge",
  "max_charge",
  "max_per_day",
  "max_charges_per_day",
  "max_per_month",
] as const;
export type Reason = (typeof REASONS)[number];

export type RechargeState = "off" | "active" | "charging" | "processing" | "waiting" | "paused" | "stopped";

export type Attempt = {
  attemptId: AttemptId;
  state: AttemptState;
  trigger: Trigger;
  isBackup: boolean;
  currency: Currency;
  amountMinor: Minor;
  feeMinor: Minor;
  totalMinor: Minor;
  feePolicy: string;
  feeReason: string | null;
  paymentMethodId: PaymentMethodId;
  stripePaymentIntentId: PaymentIntentId | null;
  createdAt: Date;
  completedAt: Date | null;
  reversedAt: Date | null;
  failure: { code: string; declineCode: string | null; message: string | null } | null;
};

export type Decision = {
  decisionId: string;
  at: Date;
  lastAt: Date;
  repeats: number;
  trigger: Trigger;
  outcome: "charge" | "skip" | "dry_run";
  reason: Reason;
  inputs: DecisionInputs;
  attemptId: AttemptId | null;
  /** What became of the charge that was decided on, as of now; null where none was. */
  attemptState: AttemptState | null;
  nextPossibleAt: Date | null;
};

/** What the decision saw; amounts in minor units, instants in ISO 8601 UTC. */
export type DecisionInputs = {
  balanceMinor: number;
  pendingMinor: number;
  minMinor: number | null;
  targetMinor: number | null;
  amountMinor: number | null;
  feeMinor: number | null;
  totalMinor: number | null;
  usedDayMinor: number;
  chargesDay: number;
  usedMonthMinor: number;
  limitMinor: number | null;
  limitCount: number | null;
  consecutiveFailures: number;
  paymentMethodId: string | null;
};

/** Everything that GET /balance answers, in minor units. */
export type BalanceOverview = {
  tenantId: TenantId;
  currency: Currency;
  balanceMinor: Minor;
  heldMinor: Minor;
  availableMinor: Minor;
  pendingMinor: Minor;
  floorMinor: Minor | null;
  rule: Rule;
  state: RechargeState;
  /** Null when the rule is simply active. */
  reason: Reason | null;
  nextPossibleAt: Date | null;
  /** The method that would be charged next. */
  paymentMethodId: PaymentMethodId | null;
  usedDayMinor: Minor;
  chargesDay: number;
  usedMonthMinor: Minor;
  lastAttempt: Attempt | null;
};

export type Preview = {
  amountMinor: Minor;
  feeMinor: Minor;
  totalMinor: Minor;
  balanceAfterMinor: Minor;
  feeReason: string | null;
  wouldCharge: boolean;
  reason: Reason;
  /** The limit that stands in the way, else null. */
  blockedBy: Reason | null;
  nextPossibleAt: Date | null;
};

export type Runway = {
  /** Average debit of the last 7 days (or since the first debit), minor units per day. */
  spendPerDayMinor: Minor;
  /** Days until the balance reaches zero; null when nothing is spent. */
  daysLeft: number | null;
  rechargesPerMonth: number | null;
  feesPerMonthMinor: Minor | null;
  /** A target that would halve the number of recharges and with it what is paid in fixed costs, else null. */
  suggestion: { targetMinor: Minor; rechargesPerMonth: number } | null;
};
