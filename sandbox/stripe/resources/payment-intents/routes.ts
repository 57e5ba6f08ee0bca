import type Stripe from "stripe";
import type { Account } from "../../account";
import { resourceMissing, StripeFailure } from "../../http/errors";
import { created, matchesCreated, pageOf, pagination } from "../../http/pages";
import { oneOf, text } from "../../http/parameters";
import { type Call, route } from "../../http/route";
import { search, searching } from "../../http/search";
import { capturedAtOnce, cardUnlessChosen, refusePaymentMethodTypes } from "../../http/version";
import { checkSecret } from "../challenges";
import { clientView } from "../client-view";
import { proofMembers } from "../microdeposits";
import { knownCustomer } from "../payment-methods/attach";
import { capturePayment } from "./capture";
import { checkRequest, confirmedOrThrow, confirmPayment } from "./confirm";
import { createPayment } from "./create";
import { cancelPayment, verifyPaymentDeposits } from "./finish";
import { captureParameters, confirmParameters, createParameters, UNSUPPORTED, updateParameters } from "./parameters";
import { updatePayment } from "./update";

const SEARCHABLE = ["amount", "created", "currency", "customer", "metadata", "status"];

function existing(account: Account, call: Call): Stripe.PaymentIntent {
  const intent = account.tables.paymentIntents.get(call.path.id ?? "");
  if (!intent) throw resourceMissing("payment_intent", call.path.id ?? "", "intent");
  if (call.publishable || call.clientSecret) checkSecret(intent, call.clientSecret);
  return intent;
}

/** Answers a browser with its view, in errors too. */
function forCaller(call: Call, work: () => Stripe.PaymentIntent): object {
  if (!call.publishable) return work();
  try {
    return clientView(work());
  } catch (error) {
    if (!(error instanceof StripeFailure) || !error.body.payment_intent) throw error;
    const body = { ...error.body, payment_intent: clientView(error.body.payment_intent) as Stripe.PaymentIntent };
    throw new StripeFailure(error.status, body, error.keepsChanges, error.headers);
  }
}

export const paymentIntentRoutes = [
  route("POST /v1/payment_intents", {
    parameters: createParameters,
    unsupported: UNSUPPORTED,
    handle(account, given, call) {
      const meant = capturedAtOnce(call.version, cardUnlessChosen(call.version, given));
      return createPayment(account, meant, call);
    },
  }),
  route("GET /v1/payment_intents/:id", {
    publishable: true,
    handle: (account, _, call) => forCaller(call, () => existing(account, call)),
  }),
  route("POST /v1/payment_intents/:id", {
    parameters: updateParameters,
    unsupported: UNSUPPORTED,
    handle: (account, given, call) => updatePayment(account, existing(account, call), given, call),
  }),
  route("POST /v1/payment_intents/:id/confirm", {
    parameters: confirmParameters,
    unsupported: UNSUPPORTED,
    publishable: true,
    handle: (account, given, call) =>
      forCaller(call, () => {
        const intent = existing(account, call);
        refusePaymentMethodTypes(call.version, given.payment_method_types);
        checkRequest(intent, given, call);
        return confirmedOrThrow(confirmPayment(account, intent, given, call));
      }),
  }),
  route("POST /v1/payment_intents/:id/verify_microdeposits", {
    parameters: proofMembers,
    publishable: true,
    handle: (account, proof, call) =>
      forCaller(call, () => confirmedOrThrow(verifyPaymentDeposits(account, existing(account, call), proof))),
  }),
  route("POST /v1/payment_intents/:id/cancel", {
    parameters: {
      cancellation_reason: oneOf("abandoned", "duplicate", "fraudulent", "requested_by_customer").optional(),
    },
    handle: (account, given, call) =>
      cancelPayment(account, existing(account, call), given.cancellation_reason ?? null),
  }),
  route("POST /v1/payment_intents/:id/capture", {
    parameters: captureParameters,
    unsupported: ["amount_details", "application_fee_amount", "hooks", "payment_details", "transfer_data"],
    handle: (account, given, call) => capturePayment(account, given, existing(account, call)),
  }),
  route("GET /v1/payment_intents", {
    parameters: { ...pagination, created, customer: text.optional() },
    handle: (account, given) =>
      pageOf(
        account.tables.paymentIntents.whose("customer", knownCustomer(account, given.customer)),
        given,
        "/v1/payment_intents",
        (row) => matchesCreated(given.created, row.created),
      ),
  }),
  route("GET /v1/payment_intents/search", {
    parameters: searching,
    handle: (account, given) => search(account.tables.paymentIntents, given, "/v1/payment_intents/search", SEARCHABLE),
  }),
];
