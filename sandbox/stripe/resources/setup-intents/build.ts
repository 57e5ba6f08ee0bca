import type Stripe from "stripe";
import type { Account } from "../../account";
import { newClientSecret, newId } from "../../state/ids";
import { mergeMetadata } from "../../state/metadata";
import { CONFIGURATION_ID, methodTypesFor } from "../method-types";
import type { CreateInput } from "./parameters";

export function setupOptionsOf(
  types: string[],
  given: CreateInput["payment_method_options"],
): Stripe.SetupIntent.PaymentMethodOptions {
  return {
    ...(types.includes("card") && {
      card: {
        mandate_options: null,
        network: null,
        request_three_d_secure: given?.card?.request_three_d_secure ?? "automatic",
      },
    }),
    ...(types.includes("us_bank_account") && {
      us_bank_account: { verification_method: given?.us_bank_account?.verification_method ?? "automatic" },
    }),
  };
}

/** A new set-up, not confirmed and not stored yet. */
export function buildSetupIntent(account: Account, given: CreateInput): Stripe.SetupIntent {
  const types = methodTypesFor(given, null);
  const automatic = given.automatic_payment_methods?.enabled !== false && !given.payment_method_types;
  const id = newId("seti");
  return {
    id,
    object: "setup_intent",
    allowed_payment_method_types: given.allowed_payment_method_types ?? null,
    application: null,
    automatic_payment_methods: automatic
      ? { allow_redirects: given.automatic_payment_methods?.allow_redirects ?? "always", enabled: true }
      : null,
    cancellation_reason: null,
    client_secret: newClientSecret(id),
    created: account.nowUnix(),
    customer: given.customer ?? null,
    customer_account: null,
    description: given.description ?? null,
    excluded_payment_method_types: given.excluded_payment_method_types ?? null,
    flow_directions: null,
    last_setup_error: null,
    latest_attempt: null,
    livemode: false,
    managed_payments: null,
    mandate: null,
    metadata: mergeMetadata(null, given.metadata),
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: automatic ? { id: CONFIGURATION_ID, parent: null } : null,
    payment_method_options: setupOptionsOf(types, given.payment_method_options),
    payment_method_types: types,
    single_use_mandate: null,
    status: "requires_payment_method",
    usage: given.usage ?? "off_session",
  } satisfies Stripe.SetupIntent;
}

type AttemptStatus = "abandoned" | "failed" | "processing" | "requires_action" | "succeeded";

function attemptDetails(
  method: Stripe.PaymentMethod,
  authenticated: boolean,
): Stripe.SetupAttempt.PaymentMethodDetails {
  const { card } = method;
  if (!card) return { type: method.type, us_bank_account: {} };
  const three_d_secure = authenticated
    ? {
        authentication_flow: "challenge",
        electronic_commerce_indicator: "05",
        result: "authenticated",
        result_reason: null,
        transaction_id: newId("3ds"),
        version: "2.2.0",
      }
    : null;
  const { brand, checks, country, exp_month, exp_year, funding, last4 } = card;
  return {
    type: "card",
    card: {
      brand,
      checks,
      country,
      exp_month,
      exp_year,
      fingerprint: card.fingerprint ?? null,
      funding,
      last4,
      network: brand,
      three_d_secure,
      wallet: null,
    },
  };
}

/** Writes down one try to save a method. */
export function recordAttempt(
  account: Account,
  intent: Stripe.SetupIntent,
  method: Stripe.PaymentMethod,
  status: AttemptStatus,
  error: Stripe.SetupAttempt.SetupError | null,
  authenticated = false,
): string {
  const attempt = {
    id: newId("setatt"),
    object: "setup_attempt",
    application: null,
    created: account.nowUnix(),
    customer: intent.customer,
    customer_account: null,
    flow_directions: null,
    livemode: false,
    on_behalf_of: null,
    payment_method: method.id,
    payment_method_details: attemptDetails(method, authenticated),
    setup_error: error,
    setup_intent: intent.id,
    status,
    usage: intent.usage,
  } satisfies Stripe.SetupAttempt;
  return account.tables.setupAttempts.put(attempt).id;
}
