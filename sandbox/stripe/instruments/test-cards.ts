import { DECLINES, type Decline } from "./declines";

/** When a card wants the customer to authenticate with 3-D Secure. */
export type Authentication =
  | "never"
  /** Supported, asked only when the merchant requests it. */
  | "optional"
  /** Always on-session; off-session too, unless it was set up. */
  | "unless_set_up"
  /** Every payment, however it was set up. */
  | "always"
  /** On-session only: off-session it counts as set up already. */
  | "on_session_only";

export interface TestCard {
  number: string;
  /** Names of payment methods that mint this card, less `pm_card_`. */
  names: readonly string[];
  brand: string;
  funding: "credit" | "debit" | "prepaid";
  country: string;
  authentication: Authentication;
  /** Why it can neither be saved nor charged. */
  decline?: Decline;
  /** Why a charge fails although the card can be saved. */
  chargeDecline?: Decline;
  riskLevel: "normal" | "elevated" | "highest";
  dispute?: "fraudulent" | "product_not_received" | "inquiry";
  refund?: "pending" | "fails";
  /** Charges go to the available balance at once. */
  bypassPending?: boolean;
}

function card(number: string, names: string, traits: Partial<TestCard> = {}): TestCard {
  return {
    number,
    names: names.split(" "),
    brand: "visa",
    funding: "credit",
    country: "US",
    authentication: "never",
    riskLevel: "normal",
    ...traits,
  };
}

/** @see https://docs.stripe.com/testing */
export const TEST_CARDS: readonly TestCard[] = [
  card("4242424242424242", "visa"),
  card("4000056655665556", "visa_debit", { funding: "debit" }),
  card("5555555555554444", "mastercard", { brand: "mastercard" }),
  card("5200828282828210", "mastercard_debit", { brand: "mastercard", funding: "debit" }),
  card("5105105105105100", "mastercard_prepaid", { brand: "mastercard", funding: "prepaid" }),
  card("378282246310005", "amex", { brand: "amex" }),
  card("6011111111111117", "discover", { brand: "discover" }),
  card("3056930009020004", "diners", { brand: "diners" }),
  card("3566002020360505", "jcb", { brand: "jcb" }),
  card("6200000000000005", "unionpay", { brand: "unionpay" }),
  card("4000000760000002", "br", { country: "BR" }),
  card("4000001240000000", "ca", { country: "CA" }),
  card("4000002760000016", "de", { country: "DE" }),
  card("4000008260000000", "gb", { country: "GB" }),
  card("4000003920000003", "jp", { country: "JP" }),

  card("4000000000000002", "visa_chargeDeclined chargeDeclined", { decline: DECLINES.generic }),
  card("4000000000009995", "visa_chargeDeclinedInsufficientFunds chargeDeclinedInsufficientFunds", {
    decline: DECLINES.insufficientFunds,
  }),
  card("4000000000009987", "visa_chargeDeclinedLostCard chargeDeclinedLostCard", { decline: DECLINES.lostCard }),
  card("4000000000009979", "visa_chargeDeclinedStolenCard chargeDeclinedStolenCard", { decline: DECLINES.stolenCard }),
  card("4000000000000069", "chargeDeclinedExpiredCard visa_chargeDeclinedExpiredCard", {
    decline: DECLINES.expiredCard,
  }),
  card("4000000000000127", "chargeDeclinedIncorrectCvc visa_chargeDeclinedIncorrectCvc", {
    decline: DECLINES.incorrectCvc,
  }),
  card("4000000000000119", "chargeDeclinedProcessingError visa_chargeDeclinedProcessingError", {
    decline: DECLINES.processingError,
  }),
  card("4000000000006975", "visa_chargeDeclinedVelocityLimitExceeded chargeDeclinedVelocityLimitExceeded", {
    decline: DECLINES.velocity,
  }),
  card("4000000000000341", "chargeCustomerFail", { chargeDecline: DECLINES.generic }),

  card("4000002500003155", "authenticationRequiredOnSetup", { authentication: "unless_set_up" }),
  card("4000002760003184", "authenticationRequired", { authentication: "always" }),
  card("4000003800000446", "authenticationRequiredSetupForOffSession", { authentication: "on_session_only" }),
  card("4000008260003178", "authenticationRequiredChargeDeclinedInsufficientFunds", {
    authentication: "unless_set_up",
    chargeDecline: DECLINES.insufficientFunds,
  }),
  card("4000000000003220", "threeDSecure2Required", { authentication: "always" }),
  card("4000008400001629", "threeDSecureRequiredChargeDeclined threeDSecure2RequiredChargeDeclined", {
    authentication: "always",
    chargeDecline: DECLINES.generic,
  }),
  card("4000000000003055", "threeDSecureOptional threeDSecure2Optional", { authentication: "optional" }),

  card("4100000000000019", "radarBlock", { chargeDecline: DECLINES.fraudulent, riskLevel: "highest" }),
  card("4000000000004954", "riskLevelHighest", { chargeDecline: DECLINES.fraudulent, riskLevel: "highest" }),
  card("4000000000009235", "riskLevelElevated", { riskLevel: "elevated" }),
  card("4000000000000259", "createDispute", { dispute: "fraudulent" }),
  card("4000000000002685", "createDisputeProductNotReceived", { dispute: "product_not_received" }),
  card("4000000000001976", "createDisputeInquiry", { dispute: "inquiry" }),
  card("4000000000007726", "pendingRefund", { refund: "pending" }),
  card("4000000000005126", "refundFail", { refund: "fails" }),
  card("4000000000000077", "bypassPending", { bypassPending: true }),
];

const BY_NUMBER = new Map(TEST_CARDS.map((entry) => [entry.number, entry]));
const BY_NAME = new Map(TEST_CARDS.flatMap((entry) => entry.names.map((name) => [name, entry] as const)));

export function cardByNumber(number: string): TestCard | undefined {
  return BY_NUMBER.get(number);
}

/** @param literal `pm_card_visa`, or the older `tok_visa` */
export function cardByLiteral(literal: string): TestCard | undefined {
  return BY_NAME.get(literal.replace(/^(pm_card_|tok_)/, ""));
}

/** Check digit of a card number (ISO/IEC 7812-1). */
export function passesLuhn(number: string): boolean {
  if (!/^\d{12,19}$/.test(number)) return false;
  const sum = [...number].reverse().reduce((total, digit, position) => {
    const doubled = Number(digit) * (position % 2 === 1 ? 2 : 1);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0;
}
