import type Stripe from "stripe";
import type { Account } from "../../account";
import { invalidRequest, resourceMissing, StripeFailure } from "../../http/errors";
import { created, matchesCreated, pageOf, pagination } from "../../http/pages";
import { oneOf, text } from "../../http/parameters";
import { type Call, route } from "../../http/route";
import { cardUnlessChosen, refusePaymentMethodTypes } from "../../http/version";
import { idOf } from "../../state/ids";
import { mergeMetadata } from "../../state/metadata";
import { emit } from "../../webhooks/events";
import { checkSecret } from "../challenges";
import { clientView } from "../client-view";
import { methodTypesFor } from "../method-types";
import { proofMembers } from "../microdeposits";
import { checkUsable, knownCustomer, resolveCustomer } from "../payment-methods/attach";
import { chosenMethod } from "../payment-methods/choose";
import { buildSetupIntent, setupOptionsOf } from "./build";
import { confirmSetup, setUpOrThrow, unexpectedState } from "./confirm";
import { cancelSetup, verifySetupDeposits } from "./finish";
import {
  type CreateInput,
  confirmParameters,
  createParameters,
  UNSUPPORTED,
  type UpdateInput,
  updateParameters,
} from "./parameters";

function existing(account: Account, call: Call): Stripe.SetupIntent {
  const intent = account.tables.setupIntents.get(call.path.id ?? "");
  if (!intent) throw resourceMissing("setupintent", call.path.id ?? "", "intent");
  if (call.publishable || call.clientSecret) checkSecret(intent, call.clientSecret);
  return intent;
}

/** Answers a browser with its view, in errors too. */
function forCaller(call: Call, work: () => Stripe.SetupIntent): object {
  if (!call.publishable) return work();
  try {
    return clientView(work());
  } catch (error) {
    if (!(error instanceof StripeFailure) || !error.body.setup_intent) throw error;
    const body = { ...error.body, setup_intent: clientView(error.body.setup_intent) as Stripe.SetupIntent };
    throw new StripeFailure(error.status, body, error.keepsChanges, error.headers);
  }
}

/** `POST /v1/setup_intents`, confirmed at once when `confirm` says so. */
export function createSetup(account: Account, given: CreateInput, call: Call): Stripe.SetupIntent {
  refusePaymentMethodTypes(call.version, given.payment_method_types);
  if (given.return_url !== undefined && !given.confirm)
    throw invalidRequest(
      "The parameter `return_url` cannot be passed when creating a SetupIntent unless `confirm` is set to true.",
      { param: "return_url" },
    );
  if ((given.confirmation_token || given.mandate_data) && !given.confirm)
    throw invalidRequest(
      `The parameter \`${given.confirmation_token ? "confirmation_token" : "mandate_data"}\` cannot be passed when creating a SetupIntent unless \`confirm\` is set to true.`,
      { param: given.confirmation_token ? "confirmation_token" : "mandate_data" },
    );
  if (given.customer) resolveCustomer(account, given.customer);
  const intent = account.tables.setupIntents.put(buildSetupIntent(account, given));
  emit(account, "setup_intent.created", intent);
  if (given.confirm) return setUpOrThrow(confirmSetup(account, intent, given, call));
  const method = chosenMethod(account, null, given, call);
  if (!method) return intent;
  checkUsable(account, method, given.customer ?? null);
  return account.tables.setupIntents.patch(intent.id, { payment_method: method.id, status: "requires_confirmation" });
}

function updateSetup(account: Account, intent: Stripe.SetupIntent, given: UpdateInput, call: Call): Stripe.SetupIntent {
  if (intent.status === "succeeded" || intent.status === "canceled") {
    const onlyDescribes = Object.keys(given).every((name) => name === "metadata" || name === "description");
    if (!onlyDescribes)
      throw unexpectedState(intent, `You cannot update this SetupIntent because it has a status of ${intent.status}.`);
  }
  refusePaymentMethodTypes(call.version, given.payment_method_types);
  if (given.customer) resolveCustomer(account, given.customer);
  const customer = given.customer ?? idOf(intent.customer);
  const method = given.payment_method || given.payment_method_data ? chosenMethod(account, null, given, call) : null;
  if (method) checkUsable(account, method, customer);
  const allowed = given.allowed_payment_method_types ?? intent.allowed_payment_method_types;
  const excluded =
    given.excluded_payment_method_types === undefined
      ? intent.excluded_payment_method_types
      : given.excluded_payment_method_types;
  const types = methodTypesFor(
    { ...given, allowed_payment_method_types: allowed, excluded_payment_method_types: excluded },
    null,
  );
  return account.tables.setupIntents.put({
    ...intent,
    allowed_payment_method_types: allowed,
    customer,
    excluded_payment_method_types: excluded,
    description: given.description === undefined ? intent.description : given.description,
    metadata: mergeMetadata(intent.metadata, given.metadata),
    ...(given.payment_method_options && {
      payment_method_options: setupOptionsOf(types, given.payment_method_options),
    }),
    payment_method_types: types,
    ...(method && { payment_method: method.id, next_action: null, status: "requires_confirmation" }),
  });
}

export const setupIntentRoutes = [
  route("POST /v1/setup_intents", {
    parameters: createParameters,
    unsupported: UNSUPPORTED,
    handle: (account, given, call) => createSetup(account, cardUnlessChosen(call.version, given), call),
  }),
  route("GET /v1/setup_intents/:id", {
    publishable: true,
    handle: (account, _, call) => forCaller(call, () => existing(account, call)),
  }),
  route("POST /v1/setup_intents/:id", {
    parameters: updateParameters,
    unsupported: UNSUPPORTED,
    handle: (account, given, call) => updateSetup(account, existing(account, call), given, call),
  }),
  route("POST /v1/setup_intents/:id/confirm", {
    parameters: confirmParameters,
    unsupported: UNSUPPORTED,
    publishable: true,
    handle: (account, given, call) =>
      forCaller(call, () => setUpOrThrow(confirmSetup(account, existing(account, call), given, call))),
  }),
  route("POST /v1/setup_intents/:id/verify_microdeposits", {
    parameters: proofMembers,
    publishable: true,
    handle: (account, proof, call) =>
      forCaller(call, () => setUpOrThrow(verifySetupDeposits(account, existing(account, call), proof))),
  }),
  route("POST /v1/setup_intents/:id/cancel", {
    parameters: { cancellation_reason: oneOf("abandoned", "duplicate", "requested_by_customer").optional() },
    handle: (account, given, call) => cancelSetup(account, existing(account, call), given.cancellation_reason ?? null),
  }),
  route("GET /v1/setup_intents", {
    parameters: { ...pagination, created, customer: text.optional(), payment_method: text.optional() },
    handle: (account, given) =>
      pageOf(
        account.tables.setupIntents.whose("customer", knownCustomer(account, given.customer)),
        given,
        "/v1/setup_intents",
        (row) =>
          matchesCreated(given.created, row.created) &&
          (!given.payment_method || row.payment_method === given.payment_method),
      ),
  }),
  route("GET /v1/setup_attempts", {
    parameters: { ...pagination, created, setup_intent: text },
    handle: (account, given) =>
      pageOf(
        account.tables.setupAttempts.whose("setup_intent", given.setup_intent),
        given,
        "/v1/setup_attempts",
        (row) => matchesCreated(given.created, row.created),
      ),
  }),
];
