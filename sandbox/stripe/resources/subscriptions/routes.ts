import { boolean, integer, oneOf } from "../../http/parameters";
import { type Call, route } from "../../http/route";
import { search, searching } from "../../http/search";
import { cancelSubscription } from "./cancel";
import { createSubscription } from "./create";
import { listParameters, listSubscriptions } from "./list";
import {
  anchorChange,
  cancellationDetails,
  createParameters,
  prorationBehavior,
  UNSUPPORTED,
  updateParameters,
} from "./parameters";
import { pauseParameters, pauseSubscription } from "./pause";
import { livingSubscription, presentSubscription, resolveSubscription } from "./read";
import { resumeSubscription } from "./resume";
import { updateSubscription } from "./update";

const SEARCHABLE = ["created", "metadata", "status"];
const id = (call: Call) => call.path.id ?? "";

export const subscriptionRoutes = [
  route("POST /v1/subscriptions", {
    parameters: createParameters,
    unsupported: [...UNSUPPORTED, "backdate_start_date"],
    handle: createSubscription,
  }),
  route("GET /v1/subscriptions/:id", {
    handle: (account, _, call) => presentSubscription(account, resolveSubscription(account, id(call))),
  }),
  route("POST /v1/subscriptions/:id", {
    parameters: updateParameters,
    unsupported: UNSUPPORTED,
    handle: (account, given, call) => updateSubscription(account, resolveSubscription(account, id(call)), given),
  }),
  route("DELETE /v1/subscriptions/:id", {
    parameters: {
      cancellation_details: cancellationDetails.optional(),
      invoice_now: boolean.optional(),
      prorate: boolean.optional(),
    },
    handle: (account, given, call) =>
      cancelSubscription(account, livingSubscription(account, id(call)), {
        ...given.cancellation_details,
        reason: "cancellation_requested",
        invoiceNow: given.invoice_now,
        prorate: given.prorate,
      }),
  }),
  route("POST /v1/subscriptions/:id/pause", {
    parameters: pauseParameters,
    handle: (account, given, call) => pauseSubscription(account, livingSubscription(account, id(call)), given),
  }),
  route("POST /v1/subscriptions/:id/resume", {
    parameters: {
      billing_cycle_anchor: anchorChange.optional(),
      payment_behavior: oneOf("resume_on_payment_attempt", "resume_on_payment_success").optional(),
      proration_behavior: prorationBehavior.optional(),
      proration_date: integer.optional(),
    },
    handle: (account, given, call) => resumeSubscription(account, livingSubscription(account, id(call)), given),
  }),
  route("GET /v1/subscriptions", { parameters: listParameters, handle: listSubscriptions }),
  route("GET /v1/subscriptions/search", {
    parameters: searching,
    handle: (account, given) => search(account.tables.subscriptions, given, "/v1/subscriptions/search", SEARCHABLE),
  }),
];
