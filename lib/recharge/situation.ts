import type { AttemptState, Trigger } from "@/db/schema/recharge";
import type { AttemptId, PaymentMethodId } from "@/lib/ids";
import type { Currency } from "@/lib/money/currency";
import type { FeePolicy, FeeSubject } from "@/lib/money/fees";
import type { Minor } from "@/lib/money/minor";
import type { Limits } from "./types";

/** A payment method as far as a decision needs it. */
export type Chargeable = {
  paymentMethodId: PaymentMethodId;
  fingerprint: string | null;
  subject: FeeSubject;
  usable: boolean;
  /** Tries of this card in the last 30 days that were not paid, and when the oldest of them leaves the window. */
  tries: number;
  triesFreeAt: Date | null;
};

/** A charge that counts against the limits: reserved, under way or paid. */
export type CountedCharge = { at: Date; totalMinor: Minor };

/** Everything that a decision depends on, read at one moment under the tenant's lock. */
export type Situation = {
  now: Date;
  trigger: Trigger;
  currency: Currency;
  balanceMinor: Minor;
  /** Money already under way. */
  pendingMinor: Minor;
  enabled: boolean;
  minMinor: Minor | null;
  targetMinor: Minor | null;
  limits: Limits;
  brakes: { stopAll: boolean; dryRun: boolean; stopTenant: boolean };
  open: { attemptId: AttemptId; state: AttemptState } | null;
  pauseReason: string | null;
  retryAt: Date | null;
  consecutiveFailures: number;
  blockedFingerprint: string | null;
  primary: Chargeable | null;
  backup: Chargeable | null;
  /** Whether the backup was asked in this episode already. */
  backupTried: boolean;
  /** Charges of the last 24 hours, oldest first. */
  chargesOfDay: CountedCharge[];
  lastChargeAt: Date | null;
  usedMonthMinor: Minor;
  monthEndsAt: Date;
  feePolicy: FeePolicy;
};
