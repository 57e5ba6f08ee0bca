/** Why a bank says no, with the members Stripe's error carries. */
export interface Decline {
  code: string;
  declineCode?: string;
  adviceCode?: "confirm_card_data" | "do_not_try_again" | "try_again_later";
  networkDeclineCode?: string;
  message: string;
  /** Refused by Stripe's own risk check, before any bank was asked. */
  blocked?: "highest_risk_level" | "rule";
}

const DECLINED = "Your card was declined.";

/** @see https://docs.stripe.com/declines/codes */
export const DECLINES = {
  generic: {
    code: "card_declined",
    declineCode: "generic_decline",
    adviceCode: "try_again_later",
    networkDeclineCode: "01",
    message: DECLINED,
  },
  insufficientFunds: {
    code: "card_declined",
    declineCode: "insufficient_funds",
    adviceCode: "try_again_later",
    networkDeclineCode: "51",
    message: "Your card has insufficient funds.",
  },
  lostCard: {
    code: "card_declined",
    declineCode: "lost_card",
    adviceCode: "do_not_try_again",
    networkDeclineCode: "41",
    message: DECLINED,
  },
  stolenCard: {
    code: "card_declined",
    declineCode: "stolen_card",
    adviceCode: "do_not_try_again",
    networkDeclineCode: "43",
    message: DECLINED,
  },
  expiredCard: {
    code: "expired_card",
    adviceCode: "confirm_card_data",
    networkDeclineCode: "54",
    message: "Your card has expired.",
  },
  incorrectCvc: {
    code: "incorrect_cvc",
    adviceCode: "confirm_card_data",
    networkDeclineCode: "82",
    message: "Your card's security code is incorrect.",
  },
  processingError: {
    code: "processing_error",
    adviceCode: "try_again_later",
    networkDeclineCode: "96",
    message: "An error occurred while processing your card. Try again in a little bit.",
  },
  velocity: {
    code: "card_declined",
    declineCode: "card_velocity_exceeded",
    adviceCode: "try_again_later",
    networkDeclineCode: "65",
    message: "Your card was declined for making repeated attempts too frequently or exceeding its amount limit.",
  },
  fraudulent: {
    code: "card_declined",
    declineCode: "fraudulent",
    adviceCode: "do_not_try_again",
    message: DECLINED,
    blocked: "highest_risk_level",
  },
  incorrectNumber: { code: "incorrect_number", message: "Your card number is incorrect." },
  notATestCard: {
    code: "card_declined",
    declineCode: "test_mode_live_card",
    message:
      "Your card was declined. Your request was in test mode, but used a non test card. For a list of valid test cards, visit: https://stripe.com/docs/testing.",
  },
  authenticationRequired: {
    code: "authentication_required",
    declineCode: "authentication_required",
    networkDeclineCode: "1A",
    message: "Your card was declined. This transaction requires authentication.",
  },
} as const satisfies Record<string, Decline>;

/** The decline as members of Stripe's `error` and `last_payment_error`. */
export function declineMembers(decline: Decline) {
  return {
    code: decline.code,
    message: decline.message,
    ...(decline.declineCode && { decline_code: decline.declineCode }),
    ...(decline.adviceCode && { advice_code: decline.adviceCode }),
    ...(decline.networkDeclineCode && { network_decline_code: decline.networkDeclineCode }),
  };
}
