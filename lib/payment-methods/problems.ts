/**
 * Why a method could not be saved or charged, as far as it helps its owner; each has a sentence in the messages under
 * `notices.problems`. Codes that would tell a thief something (lost, stolen, fraud) are plainly `declined`.
 */
export const METHOD_PROBLEMS = [
  "declined",
  "insufficient_funds",
  "expired",
  "cvc",
  "number",
  "authentication",
  "verification",
  "try_again",
] as const;
export type MethodProblem = (typeof METHOD_PROBLEMS)[number];

const BY_CODE: Record<string, MethodProblem> = {
  insufficient_funds: "insufficient_funds",
  withdrawal_count_limit_exceeded: "insufficient_funds",
  card_velocity_exceeded: "insufficient_funds",
  expired_card: "expired",
  invalid_expiry_month: "expired",
  invalid_expiry_year: "expired",
  incorrect_cvc: "cvc",
  invalid_cvc: "cvc",
  incorrect_number: "number",
  invalid_number: "number",
  authentication_required: "authentication",
  setup_intent_authentication_failure: "authentication",
  payment_intent_authentication_failure: "authentication",
  payment_method_microdeposit_failed: "verification",
  payment_method_microdeposit_verification_amounts_invalid: "verification",
  payment_method_microdeposit_verification_amounts_mismatch: "verification",
  payment_method_microdeposit_verification_attempts_exceeded: "verification",
  payment_method_microdeposit_verification_timeout: "verification",
  processing_error: "try_again",
  issuer_not_available: "try_again",
  try_again_later: "try_again",
  reenter_transaction: "try_again",
};

/** Stripe's codes (docs.stripe.com/declines/codes) → what its owner can do. Unknown ones count as a decline. */
export function problemOf(error: { code?: string | null; declineCode?: string | null }): MethodProblem {
  return BY_CODE[error.declineCode ?? ""] ?? BY_CODE[error.code ?? ""] ?? "declined";
}

/** The sentences of the API, which speaks English. */
export const PROBLEM_SENTENCES: Record<MethodProblem, string> = {
  declined: "The bank declined this payment method. Try another one, or ask the bank.",
  insufficient_funds:
    "The bank declined this payment method because there is not enough money or its limit is reached.",
  expired: "The card has expired or its expiry date is wrong.",
  cvc: "The security code is wrong.",
  number: "The card number is wrong.",
  authentication: "The bank wants the customer to confirm this payment method, and that did not happen.",
  verification: "The bank account could not be verified.",
  try_again: "The bank could not answer just now. Try again in a few minutes.",
};
