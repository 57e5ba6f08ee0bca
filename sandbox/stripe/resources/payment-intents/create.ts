import type Stripe from "stripe";
import type { Account } from "../../account";
import { invalidRequest } from "../../http/errors";
import type { Call } from "../../http/route";
import { refusePaymentMethodTypes } from "../../http/version";
import { emit } from "../../webhooks/events";
import { checkUsable, resolveCustomer } from "../payment-methods/attach";
import { chosenMethod } from "../payment-methods/choose";
import { buildPaymentIntent } from "./build";
import { checkRequest, confirmedOrThrow, confirmPayment } from "./confirm";
import type { CreateInput } from "./parameters";

function checkCombination(given: CreateInput): void {
  const needConfirm = (
    ["off_session", "error_on_requires_action", "mandate_data", "return_url", "confirmation_token"] as const
  ).find((name) => given[name] !== undefined && given[name] !== false);
  if (needConfirm && !given.confirm) {
    throw invalidRequest(
      `The parameter \`${needConfirm}\` cannot be passed when creating a PaymentIntent unless \`confirm\` is set to true.`,
      { param: needConfirm },
    );
  }
  if (given.payment_method_types && given.automatic_payment_methods) {
    throw invalidRequest(
      "You may only specify one of these parameters: automatic_payment_methods, payment_method_types.",
      { param: "automatic_payment_methods" },
    );
  }
}

/** `POST /v1/payment_intents`, confirmed at once when `confirm` says so. */
export function createPayment(account: Account, given: CreateInput, call: Call): Stripe.PaymentIntent {
  checkCombination(given);
  refusePaymentMethodTypes(call.version, given.payment_method_types);
  if (given.customer) resolveCustomer(account, given.customer);
  const { tables } = account;
  const intent = tables.paymentIntents.put(buildPaymentIntent(account, given));
  // The created event shows the intent before the confirmation, as Stripe's does.
  emit(account, "payment_intent.created", intent);
  if (given.confirm) checkRequest(intent, given, call);
  if (given.confirm) return confirmedOrThrow(confirmPayment(account, intent, given, call));
  const method = chosenMethod(account, null, given, call);
  if (!method) return intent;
  checkUsable(account, method, given.customer ?? null);
  return tables.paymentIntents.patch(intent.id, { payment_method: method.id, status: "requires_confirmation" });
}
