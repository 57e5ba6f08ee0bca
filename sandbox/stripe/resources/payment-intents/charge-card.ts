import type Stripe from "stripe";
import type { Account } from "../../account";
import { DECLINES, type Decline, declineMembers } from "../../instruments/declines";
import { instrumentOf } from "../../instruments/instrument";
import { cardByNumber } from "../../instruments/test-cards";
import { schedule } from "../../time/work";
import { emit } from "../../webhooks/events";
import { paymentNeedsAuthentication } from "../authentication";
import { openChallenge } from "../challenges";
import { buildCharge } from "../charges/build";
import { takeRehearsedDecline } from "../charges/rehearsed-declines";
import { openCardDispute } from "../disputes/dispute";
import { intentRequiresAction } from "../invoices/intents";
import { AUTHORIZATION_MS, acceptCharge, type Confirmed, failPayment } from "./outcome";

/** How long after a charge the test cards that are disputed are. */
export const DISPUTE_AFTER_MS = 5_000;

export interface CardAttempt {
  offSession: boolean;
  errorOnRequiresAction: boolean;
  useStripeSdk: boolean;
  returnUrl: string | null;
  requestThreeDSecure: boolean;
}

/** Asks the bank for the money, once nothing stands in the way. */
export function chargeCard(
  account: Account,
  intent: Stripe.PaymentIntent,
  method: Stripe.PaymentMethod,
  authenticated: boolean,
  refusal: Decline | null = null,
): Confirmed {
  const card = cardByNumber(instrumentOf(account, method.id).number);
  const isHeld = intent.capture_method === "manual" || intent.payment_method_options?.card?.capture_method === "manual";
  const decline = refusal ?? takeRehearsedDecline(account, method) ?? card?.decline ?? card?.chargeDecline ?? null;
  const charge = account.tables.charges.put(
    buildCharge(account, intent, method, {
      status: decline ? "failed" : "succeeded",
      captured: decline === null && !isHeld,
      decline,
      riskLevel: card?.riskLevel ?? "normal",
      ...(card?.checks && { checks: card.checks }),
      ...(isHeld && !decline && { captureBefore: account.nowUnix() + AUTHORIZATION_MS / 1000 }),
      authenticated,
      mandate: null,
    }),
  );
  if (decline) return failPayment(account, intent, method, declineMembers(decline), charge);
  const accepted = acceptCharge(account, intent, method, charge);
  // An inquiry is there with the answer: the CLI's fixtures look for it at once.
  if (card?.dispute === "inquiry") openCardDispute(account, charge.id);
  else if (card?.dispute) schedule(account, "card_dispute_opens", charge.id, account.nowMs() + DISPUTE_AFTER_MS);
  return { intent: accepted, failure: null };
}

/** Confirms with a card: straight, through 3-D Secure, or refused because nobody is there to authenticate. */
export function confirmWithCard(
  account: Account,
  intent: Stripe.PaymentIntent,
  method: Stripe.PaymentMethod,
  attempt: CardAttempt,
): Confirmed {
  const instrument = instrumentOf(account, method.id);
  const needed = paymentNeedsAuthentication(instrument, {
    offSession: attempt.offSession,
    requested: attempt.requestThreeDSecure,
  });
  if (!needed) return chargeCard(account, intent, method, false);
  if (attempt.offSession) return chargeCard(account, intent, method, false, DECLINES.authenticationRequired);
  if (attempt.errorOnRequiresAction) {
    const message =
      "This payment required an authentication action to complete, but `error_on_requires_action` was set. When you're ready, you can upgrade your integration to handle actions at https://stripe.com/docs/payments/payment-intents/upgrade-to-handle-actions.";
    return failPayment(
      account,
      intent,
      method,
      { code: "authentication_required", decline_code: "authentication_not_handled", message },
      null,
    );
  }
  const challenge = { id: intent.id, method: method.id, returnUrl: attempt.returnUrl };
  const waiting = account.tables.paymentIntents.put({
    ...intent,
    last_payment_error: null,
    next_action: openChallenge(account, intent.client_secret ?? "", challenge, attempt.useStripeSdk),
    payment_method: method.id,
    status: "requires_action",
  });
  emit(account, "payment_intent.requires_action", waiting);
  intentRequiresAction(account, waiting);
  return { intent: waiting, failure: null };
}
