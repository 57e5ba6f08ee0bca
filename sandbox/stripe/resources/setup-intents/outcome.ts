import type Stripe from "stripe";
import type { Account } from "../../account";
import { cardFailure, type StripeFailure } from "../../http/errors";
import { idOf } from "../../state/ids";
import { emit } from "../../webhooks/events";
import { checkoutIntentMoved } from "../checkout/complete";
import { createMandate } from "../mandates/mandates";
import { attachTo } from "../payment-methods/attach";
import { setupSucceeded } from "../subscriptions/after-method";
import { recordAttempt } from "./build";

export interface SetUp {
  intent: Stripe.SetupIntent;
  failure: StripeFailure | null;
}

interface SetupError {
  type?: "card_error" | "invalid_request_error";
  code: string;
  message: string;
  decline_code?: string;
  advice_code?: string;
  network_decline_code?: string;
}

/** The method was not saved: the intent waits for another one and remembers why. */
export function failSetup(
  account: Account,
  intent: Stripe.SetupIntent,
  method: Stripe.PaymentMethod,
  error: SetupError,
): SetUp {
  const members = { doc_url: `https://stripe.com/docs/error-codes/${error.code.replaceAll("_", "-")}`, ...error };
  const setupError = {
    type: "card_error" as const,
    ...members,
    payment_method: method,
  } as Stripe.SetupIntent.LastSetupError;
  const failed = account.tables.setupIntents.put({
    ...intent,
    last_setup_error: setupError,
    latest_attempt: recordAttempt(account, intent, method, "failed", setupError as Stripe.SetupAttempt.SetupError),
    next_action: null,
    payment_method: null,
    status: "requires_payment_method",
  });
  emit(account, "setup_intent.setup_failed", failed);
  return {
    intent: failed,
    failure: cardFailure({
      ...members,
      setup_intent: failed,
      payment_method: method,
      payment_method_type: method.type,
    }),
  };
}

/** The method is saved: attached to the customer, ready for later, and with a mandate where one is needed. */
export function completeSetup(
  account: Account,
  intent: Stripe.SetupIntent,
  method: Stripe.PaymentMethod,
  acceptance: Stripe.Mandate.CustomerAcceptance | null,
  authenticated: boolean,
): Stripe.SetupIntent {
  const customer = idOf(intent.customer);
  const mandate =
    method.type === "us_bank_account" && acceptance ? createMandate(account, method.id, acceptance).id : null;
  account.tables.instruments.patch(method.id, { setUp: intent.usage === "off_session", verified: true });
  const attached = customer ? attachTo(account, method.id, customer) : method;
  // A card that was typed in is checked now, and says so from here on.
  if (attached.card?.checks?.cvc_check === "unchecked") {
    account.tables.paymentMethods.patch(method.id, {
      card: { ...attached.card, checks: { ...attached.card.checks, cvc_check: "pass" } },
    });
  }
  const succeeded = account.tables.setupIntents.put({
    ...intent,
    last_setup_error: null,
    latest_attempt: recordAttempt(account, intent, method, "succeeded", null, authenticated),
    mandate,
    next_action: null,
    payment_method: method.id,
    status: "succeeded",
  });
  emit(account, "setup_intent.succeeded", succeeded);
  setupSucceeded(account, succeeded);
  checkoutIntentMoved(account, succeeded);
  return succeeded;
}
