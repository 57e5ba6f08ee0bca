/** Decline codes after which the same card must not be asked again (docs.stripe.com/declines/codes). Unknown codes are soft. */
const NEVER_RETRY = new Set([
  "lost_card",
  "stolen_card",
  "pickup_card",
  "restricted_card",
  "security_violation",
  "fraudulent",
  "merchant_blacklist",
  "card_not_supported",
  "currency_not_supported",
  "expired_card",
  "incorrect_number",
  "invalid_number",
  "invalid_account",
  "new_account_information_available",
  "no_action_taken",
  "revocation_of_all_authorizations",
  "revocation_of_authorization",
  "stop_payment_order",
  "transaction_not_allowed",
  "debit_not_authorized",
  "account_closed",
  "no_account",
  "bank_account_restricted",
  "payment_method_microdeposit_failed",
]);

/** Failures in a row that pause the rule. */
export const FAILURES_UNTIL_PAUSE = 3;
/** Tries of one card in 30 days that were not paid, shared by everything that charges it; networks fine merchants above it. */
export const CARD_BUDGET = 15;
export const CARD_BUDGET_DAYS = 30;

const HOUR_MS = 3_600_000;

export type Failure = { code: string; declineCode: string | null; adviceCode: string | null };

/** Whether the card must not be asked again for this charge or another. */
export function isHardDecline(failure: Failure): boolean {
  return (
    failure.adviceCode === "do_not_try_again" ||
    NEVER_RETRY.has(failure.declineCode ?? "") ||
    NEVER_RETRY.has(failure.code)
  );
}

/** When the n-th soft failure in a row may be tried again: 1 h, 2 h, 4 h … */
export function retryAfter(failuresInARow: number, now: Date): Date {
  return new Date(now.getTime() + HOUR_MS * 2 ** Math.min(failuresInARow - 1, 6));
}

export type AfterFailure = {
  consecutiveFailures: number;
  retryAt: Date | null;
  pauseReason: "hard_decline" | "declines" | null;
  blockFingerprint: boolean;
  /** The backup is asked at once, within the same limits. */
  tryBackup: boolean;
};

/**
 * What a declined automatic charge leads to.
 * @param failuresBefore failures in a row before this one
 * @param primaryBlocked whether the rule's first method was declined for good
 */
export function afterFailure(input: {
  failure: Failure;
  failuresBefore: number;
  isBackup: boolean;
  hasUntriedBackup: boolean;
  primaryBlocked: boolean;
  now: Date;
}): AfterFailure {
  const consecutiveFailures = input.failuresBefore + 1;
  const hard = isHardDecline(input.failure);
  const base = { consecutiveFailures, blockFingerprint: hard && !input.isBackup };
  const retryAt = retryAfter(consecutiveFailures, input.now);
  if (!input.isBackup && input.hasUntriedBackup) return { ...base, retryAt, pauseReason: null, tryBackup: true };
  const nothingLeft = input.isBackup ? input.primaryBlocked : hard;
  if (nothingLeft) return { ...base, retryAt: null, pauseReason: "hard_decline", tryBackup: false };
  if (consecutiveFailures >= FAILURES_UNTIL_PAUSE)
    return { ...base, retryAt: null, pauseReason: "declines", tryBackup: false };
  return { ...base, retryAt, pauseReason: null, tryBackup: false };
}
