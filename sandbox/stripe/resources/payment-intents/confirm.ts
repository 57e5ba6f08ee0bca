import type Stripe from "stripe";
import type { Account } from "../../account";
import { invalidRequest, StripeFailure, unsupported } from "../../http/errors";
import type { Call } from "../../http/route";
import { idOf } from "../../state/ids";
import { withToken } from "../confirmation-tokens/tokens";
import { acceptanceOf } from "../mandates/mandates";
import { mayRedirect } from "../method-types";
import { checkUsable } from "../payment-methods/attach";
import { chosenMethod } from "../payment-methods/choose";
import { chargeCard, confirmWithCard } from "./charge-card";
import { confirmWithBank } from "./debit-bank";
import type { Confirmed } from "./outcome";
import type { ConfirmInput } from "./parameters";
import { preparedIntent } from "./prepare";

const CONFIRMABLE = ["requires_payment_method", "requires_confirmation", "requires_action"];

/** A refusal because of the state the intent is in; the intent comes with it. */
export function unexpectedState(intent: Stripe.PaymentIntent, message: string): StripeFailure {
  return new StripeFailure(400, {
    type: "invalid_request_error",
    code: "payment_intent_unexpected_state",
    message,
    payment_intent: intent,
  });
}

function checkConfirmable(intent: Stripe.PaymentIntent): void {
  if (CONFIRMABLE.includes(intent.status)) return;
  const because =
    intent.status === "succeeded"
      ? "it has already succeeded after being previously confirmed."
      : `it has a status of ${intent.status}. Only a PaymentIntent with one of the following statuses may be confirmed: ${CONFIRMABLE.join(", ")}.`;
  throw unexpectedState(intent, `You cannot confirm this PaymentIntent because ${because}`);
}

function checkReturnUrl(intent: Stripe.PaymentIntent, given: ConfirmInput, call: Call): void {
  if (given.return_url !== undefined && !URL.canParse(given.return_url))
    throw invalidRequest("Not a valid URL", { code: "url_invalid", param: "return_url" });
  if (call.publishable || given.return_url || !mayRedirect(intent)) return;
  throw invalidRequest(
    "This PaymentIntent is configured to accept payment methods enabled in your Dashboard. Because some of these payment methods might redirect your customer off of your page, you must provide a `return_url`. If you don't want to accept redirect-based payment methods, set `automatic_payment_methods[enabled]` to `true` and `automatic_payment_methods[allow_redirects]` to `never` when creating Setup Intents and Payment Intents.",
  );
}

function checkMethod(account: Account, intent: Stripe.PaymentIntent, method: Stripe.PaymentMethod): void {
  checkUsable(account, method, idOf(intent.customer));
  if (intent.payment_method_types.includes(method.type)) return;
  throw invalidRequest(
    `The PaymentMethod provided (${method.type}) is not allowed for this PaymentIntent. Please attach a PaymentMethod of one of the following types: ${intent.payment_method_types.join(", ")}.`,
    {
      code: "payment_intent_incompatible_payment_method",
      param: "payment_method",
    },
  );
}

const SETUP_WHILE_OFF =
  "You cannot confirm with `off_session=true` when `setup_future_usage` is also set on the PaymentIntent. The customer needs to be on-session to perform the steps which may be required to set up the PaymentMethod for future usage. Please confirm this PaymentIntent with your customer on-session.";

/** What only an API request is asked, not an invoice that confirms its own intent. @throws StripeFailure 400 */
export function checkRequest(intent: Stripe.PaymentIntent, given: ConfirmInput, call: Call): void {
  if (call.publishable && intent.confirmation_method === "manual")
    throw invalidRequest(
      `This PaymentIntent (${intent.id}) cannot be confirmed using your publishable key because its \`confirmation_method\` is set to \`manual\`. Please use your secret key instead, or create a PaymentIntent with \`confirmation_method\` set to \`automatic\`.`,
    );
  const usage = given.setup_future_usage === undefined ? intent.setup_future_usage : given.setup_future_usage;
  if (given.off_session && usage) throw invalidRequest(SETUP_WHILE_OFF, { param: "off_session" });
}

/** The manual intent's customer has authenticated already, so the server may charge without asking again. */
function hasAuthenticated(account: Account, intent: Stripe.PaymentIntent, method: Stripe.PaymentMethod): boolean {
  const challenge = account.tables.challenges.get(intent.id);
  if (challenge) account.tables.challenges.delete(intent.id);
  return challenge?.passed === true && challenge.method === method.id;
}

/**
 * Confirms an intent; a decline is not thrown but returned beside the intent, because it is an outcome to be kept.
 * @throws StripeFailure 400 when it cannot be confirmed at all
 */
export function confirmPayment(
  account: Account,
  intent: Stripe.PaymentIntent,
  input: ConfirmInput,
  call: Call,
): Confirmed {
  checkConfirmable(intent);
  const { given, token, acceptance: accepted } = withToken(account, intent, input);
  const offSession = given.off_session !== undefined && given.off_session !== false;
  if (offSession && call.publishable)
    throw invalidRequest("The parameter `off_session` cannot be used with a publishable key.", {
      param: "off_session",
    });
  if (given.setup_future_usage === null)
    throw unsupported("unsetting setup_future_usage while confirming", "setup_future_usage");
  checkReturnUrl(intent, given, call);
  const method = chosenMethod(account, idOf(intent.payment_method), given, call);
  if (!method) {
    throw unexpectedState(
      intent,
      "You cannot confirm this PaymentIntent because it's missing a payment method. You can either update the PaymentIntent with a payment method and then confirm it again, or confirm it again directly with a payment method or ConfirmationToken.",
    );
  }
  const prepared = preparedIntent(intent, given, token);
  checkMethod(account, prepared, method);
  if (method.type !== "card")
    return confirmWithBank(account, prepared, method, acceptanceOf(account, given.mandate_data, call) ?? accepted);
  if (hasAuthenticated(account, intent, method)) return chargeCard(account, prepared, method, true);
  const requested = prepared.payment_method_options?.card?.request_three_d_secure;
  return confirmWithCard(account, prepared, method, {
    offSession,
    errorOnRequiresAction: given.error_on_requires_action ?? false,
    useStripeSdk: call.publishable || (given.use_stripe_sdk ?? false),
    returnUrl: given.return_url ?? null,
    requestThreeDSecure: requested === "any" || requested === "challenge",
  });
}

/** The intent of a confirmation that went through; otherwise throws its failure, whose changes are kept. */
export function confirmedOrThrow({ intent, failure }: Confirmed): Stripe.PaymentIntent {
  if (failure) throw failure;
  return intent;
}
