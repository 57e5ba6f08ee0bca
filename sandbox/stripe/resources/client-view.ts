import type Stripe from "stripe";

const SETUP = [
  "id",
  "object",
  "cancellation_reason",
  "client_secret",
  "created",
  "description",
  "last_setup_error",
  "livemode",
  "next_action",
  "payment_method",
  "payment_method_configuration_details",
  "payment_method_types",
  "status",
  "usage",
] as const satisfies readonly (keyof Stripe.SetupIntent)[];

const PAYMENT = [
  "id",
  "object",
  "amount",
  "amount_details",
  "automatic_payment_methods",
  "canceled_at",
  "cancellation_reason",
  "capture_method",
  "client_secret",
  "confirmation_method",
  "created",
  "currency",
  "description",
  "last_payment_error",
  "livemode",
  "next_action",
  "payment_method",
  "payment_method_configuration_details",
  "payment_method_types",
  "processing",
  "receipt_email",
  "setup_future_usage",
  "shipping",
  "source",
  "status",
] as const satisfies readonly (keyof Stripe.PaymentIntent)[];

/** What a browser may see of an intent: neither the customer nor the metadata. */
export function clientView(intent: Stripe.SetupIntent | Stripe.PaymentIntent): object {
  if (intent.object === "setup_intent") return Object.fromEntries(SETUP.map((name) => [name, intent[name]]));
  return Object.fromEntries(PAYMENT.map((name) => [name, intent[name]]));
}
