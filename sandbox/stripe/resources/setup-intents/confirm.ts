import type Stripe from "stripe";
import type { Account } from "../../account";
import { invalidRequest, StripeFailure } from "../../http/errors";
import type { Call } from "../../http/route";
import { declineMembers } from "../../instruments/declines";
import { instrumentOf } from "../../instruments/instrument";
import { cardByNumber } from "../../instruments/test-cards";
import { idOf } from "../../state/ids";
import { emit } from "../../webhooks/events";
import { setupNeedsAuthentication } from "../authentication";
import { openChallenge } from "../challenges";
import { withToken } from "../confirmation-tokens/tokens";
import { acceptanceOf } from "../mandates/mandates";
import { mayRedirect } from "../method-types";
import { startVerification } from "../microdeposits";
import { checkUsable } from "../payment-methods/attach";
import { chosenMethod } from "../payment-methods/choose";
import { recordAttempt } from "./build";
import { completeSetup, failSetup, type SetUp } from "./outcome";
import type { ConfirmInput } from "./parameters";

/** A refusal because of the state the intent is in; the intent comes with it. */
export function unexpectedState(intent: Stripe.SetupIntent, message: string): StripeFailure {
  return new StripeFailure(400, {
    type: "invalid_request_error",
    code: "setup_intent_unexpected_state",
    message,
    setup_intent: intent,
  });
}

function checkConfirmable(intent: Stripe.SetupIntent, given: ConfirmInput, call: Call): void {
  if (intent.status === "succeeded" || intent.status === "canceled") {
    throw unexpectedState(
      intent,
      `You cannot confirm this SetupIntent because it has ${intent.status === "succeeded" ? "already succeeded" : "been canceled"}.`,
    );
  }
  if (given.return_url !== undefined && !URL.canParse(given.return_url))
    throw invalidRequest("Not a valid URL", { code: "url_invalid", param: "return_url" });
  if (call.publishable || given.return_url || !mayRedirect(intent)) return;
  throw invalidRequest(
    "This SetupIntent is configured to accept payment methods enabled in your Dashboard. Because some of these payment methods might redirect your customer off of your page, you must provide a `return_url`. If you don't want to accept redirect-based payment methods, set `automatic_payment_methods[enabled]` to `true` and `automatic_payment_methods[allow_redirects]` to `never` when creating Setup Intents and Payment Intents.",
  );
}

function waitForAction(
  account: Account,
  intent: Stripe.SetupIntent,
  method: Stripe.PaymentMethod,
  nextAction: Stripe.SetupIntent.NextAction,
): SetUp {
  const waiting = account.tables.setupIntents.put({
    ...intent,
    last_setup_error: null,
    latest_attempt: recordAttempt(account, intent, method, "requires_action", null),
    next_action: nextAction,
    payment_method: method.id,
    status: "requires_action",
  });
  emit(account, "setup_intent.requires_action", waiting);
  return { intent: waiting, failure: null };
}

function setUpBank(
  account: Account,
  intent: Stripe.SetupIntent,
  method: Stripe.PaymentMethod,
  acceptance: Stripe.Mandate.CustomerAcceptance | null,
): SetUp {
  if (!acceptance) {
    throw invalidRequest(
      "You must provide `mandate_data` when confirming a SetupIntent with a us_bank_account PaymentMethod, to show that the customer accepted the mandate.",
      { code: "setup_intent_mandate_invalid", param: "mandate_data" },
    );
  }
  if (!instrumentOf(account, method.id).verified)
    return waitForAction(account, intent, method, startVerification(account, intent, method.id, acceptance));
  return { intent: completeSetup(account, intent, method, acceptance, false), failure: null };
}

function setUpCard(
  account: Account,
  intent: Stripe.SetupIntent,
  method: Stripe.PaymentMethod,
  given: ConfirmInput,
  call: Call,
): SetUp {
  const instrument = instrumentOf(account, method.id);
  const decline = cardByNumber(instrument.number)?.decline;
  if (decline) return failSetup(account, intent, method, declineMembers(decline));
  const requested =
    given.payment_method_options?.card?.request_three_d_secure ??
    intent.payment_method_options?.card?.request_three_d_secure;
  if (!setupNeedsAuthentication(instrument, requested === "any" || requested === "challenge")) {
    return { intent: completeSetup(account, intent, method, null, false), failure: null };
  }
  const challenge = { id: intent.id, method: method.id, returnUrl: given.return_url ?? null };
  return waitForAction(
    account,
    intent,
    method,
    openChallenge(account, intent.client_secret ?? "", challenge, call.publishable || (given.use_stripe_sdk ?? false)),
  );
}

/** Confirms a set-up; a decline is returned beside the intent, because it is an outcome to be kept. @throws StripeFailure 400 */
export function confirmSetup(account: Account, intent: Stripe.SetupIntent, input: ConfirmInput, call: Call): SetUp {
  const { given, acceptance } = withToken(account, intent, input);
  checkConfirmable(intent, given, call);
  const method = chosenMethod(account, idOf(intent.payment_method), given, call);
  if (!method)
    throw unexpectedState(
      intent,
      "You cannot confirm this SetupIntent because it's missing a payment method. Update the SetupIntent with a payment method and then confirm it again.",
    );
  checkUsable(account, method, idOf(intent.customer));
  if (!intent.payment_method_types.includes(method.type)) {
    throw invalidRequest(
      `The PaymentMethod provided (${method.type}) is not allowed for this SetupIntent. Please attach a PaymentMethod of one of the following types: ${intent.payment_method_types.join(", ")}.`,
      { param: "payment_method" },
    );
  }
  if (method.type === "us_bank_account")
    return setUpBank(account, intent, method, acceptanceOf(account, given.mandate_data, call) ?? acceptance);
  return setUpCard(account, intent, method, given, call);
}

/** The intent of a confirmation that went through; otherwise throws its failure, whose changes are kept. */
export function setUpOrThrow({ intent, failure }: SetUp): Stripe.SetupIntent {
  if (failure) throw failure;
  return intent;
}
