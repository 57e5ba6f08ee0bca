import type { Instrument } from "../instruments/instrument";
import { cardByNumber } from "../instruments/test-cards";

export interface Occasion {
  /** The customer is not there to answer. */
  offSession: boolean;
  /** The merchant asked for 3-D Secure whether the bank wants it or not. */
  requested: boolean;
}

/** Whether the bank wants 3-D Secure for a payment. @see https://docs.stripe.com/testing#regulatory-cards */
export function paymentNeedsAuthentication(instrument: Instrument, { offSession, requested }: Occasion): boolean {
  switch (cardByNumber(instrument.number)?.authentication) {
    case "always":
      return true;
    case "unless_set_up":
      return !(offSession && instrument.setUp);
    case "on_session_only":
      return !offSession;
    case "optional":
      return requested && !offSession;
    default:
      return false;
  }
}

/** Whether the bank wants 3-D Secure for saving the card. */
export function setupNeedsAuthentication(instrument: Instrument, requested: boolean): boolean {
  const wish = cardByNumber(instrument.number)?.authentication;
  return (
    wish === "always" || wish === "unless_set_up" || wish === "on_session_only" || (wish === "optional" && requested)
  );
}
