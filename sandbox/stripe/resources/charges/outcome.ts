import type Stripe from "stripe";
import type { Decline } from "../../instruments/declines";
import type { TestCard } from "../../instruments/test-cards";

const SCORES = { normal: 32, elevated: 68, highest: 92 } as const;

/** `charge.outcome`: what the bank and the risk check said. */
export function outcomeOf(riskLevel: TestCard["riskLevel"], decline: Decline | null): Stripe.Charge.Outcome {
  const risk = { risk_level: riskLevel, risk_score: SCORES[riskLevel] };
  const codes = {
    advice_code: decline?.adviceCode ?? null,
    network_advice_code: null,
    network_decline_code: decline?.networkDeclineCode ?? null,
  };
  if (!decline) {
    const review = riskLevel === "elevated";
    return {
      ...codes,
      ...risk,
      network_status: "approved_by_network",
      reason: review ? "elevated_risk_level" : null,
      seller_message: review
        ? "Stripe evaluated this payment as having elevated risk, and placed it in your manual review queue."
        : "Payment complete.",
      type: review ? "manual_review" : "authorized",
    };
  }
  if (decline.blocked) {
    return {
      ...codes,
      ...risk,
      network_status: "not_sent_to_network",
      reason: decline.blocked,
      seller_message: "Stripe blocked this payment as too risky.",
      type: "blocked",
    };
  }
  return {
    ...codes,
    ...risk,
    network_status: "declined_by_network",
    reason: decline.declineCode ?? decline.code,
    seller_message: `The bank returned the decline code \`${decline.declineCode ?? decline.code}\`.`,
    type: "issuer_declined",
  };
}
