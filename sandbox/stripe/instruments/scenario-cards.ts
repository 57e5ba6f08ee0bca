import { card, type TestCard } from "./card";
import { DECLINES } from "./declines";

/** Cards with a story. @see https://docs.stripe.com/testing */
export const SCENARIO_CARDS: readonly TestCard[] = [
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

  card("4000000000003063", "threeDSecureRequired", { authentication: "always" }),
  card("4000008400001280", "threeDSecureRequiredProcessingError threeDSecure2RequiredProcessingError", {
    authentication: "always",
    chargeDecline: DECLINES.processingError,
  }),
  card("4000000000003097", "threeDSecureOptionalProcessingError", {
    authentication: "optional",
    chargeDecline: DECLINES.processingError,
  }),

  card("4000000000000101", "cvcCheckFail", { checks: { cvc_check: "fail" } }),
  card("4000000000000036", "avsZipFail", { checks: { address_postal_code_check: "fail" } }),
  card("4000000000000028", "avsLine1Fail", { checks: { address_line1_check: "fail" } }),
  card("4000000000000010", "avsFail", {
    checks: { address_line1_check: "fail", address_postal_code_check: "fail" },
  }),
  card("4000000000000044", "avsUnchecked", {
    checks: { address_line1_check: "unavailable", address_postal_code_check: "unavailable" },
  }),

  card("4100000000000019", "radarBlock", { chargeDecline: DECLINES.fraudulent, riskLevel: "highest" }),
  card("4000000000004954", "riskLevelHighest", { chargeDecline: DECLINES.fraudulent, riskLevel: "highest" }),
  card("4000000000009235", "riskLevelElevated", { riskLevel: "elevated" }),
  card("4000000000000259", "createDispute", { dispute: "fraudulent" }),
  card("4000000000002685", "createDisputeProductNotReceived", { dispute: "product_not_received" }),
  card("4000000000001976", "createDisputeInquiry", { dispute: "inquiry" }),
  card("4000000000007726", "pendingRefund", { refund: "pending" }),
  card("4000000000005126", "refundFail", { refund: "fails" }),
  card("4000000000000077", "bypassPending", { bypassPending: true }),
  card("4000003720000278", "bypassPendingInternational", { bypassPending: true, country: "IE" }),
];
