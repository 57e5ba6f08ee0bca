import Stripe from "stripe";
import type { AttemptId, PaymentIntentId, PaymentMethodId, TenantId } from "@/lib/ids";
import { log } from "@/lib/log";
import type { Currency } from "@/lib/money/currency";
import type { Minor } from "@/lib/money/minor";
import { stripe } from "./client";
import { type IntentSnapshot, snapshotOf } from "./intent";
import { pushBack } from "./turns";

export type OffSessionCharge = {
  tenantId: TenantId;
  attemptId: AttemptId;
  stripeCustomerId: string;
  paymentMethodId: PaymentMethodId;
  totalMinor: Minor;
  feeMinor: Minor;
  currency: Currency;
};

/**
 * What became of a call that charges. `unknown` is not `rejected`: only Stripe can say whether money moved.
 * `rejected`: Stripe refused the request itself, so that nothing was charged and no card was asked.
 */
export type ChargeOutcome =
  | { kind: "intent"; intent: IntentSnapshot }
  | { kind: "rejected"; code: string; message: string }
  | {
      kind: "unknown";
      message: string;
      /** Stripe answered with what it had stored under this key: it is not working on the request any more. */
      replayed: boolean;
      /** Stripe looked at nothing, because there were too many calls. */
      tooMany: boolean;
    };

/** Parameters of one off-session charge; every option that Stripe would otherwise choose is spelt out. */
export function offSessionParams(charge: OffSessionCharge): Stripe.PaymentIntentCreateParams {
  return {
    amount: charge.totalMinor,
    currency: charge.currency.toLowerCase(),
    customer: charge.stripeCustomerId,
    payment_method: charge.paymentMethodId,
    confirm: true,
    off_session: true,
    error_on_requires_action: true,
    capture_method: "automatic",
    automatic_payment_methods: { enabled: true, allow_redirects: "never" },
    description: "Prepaid balance top-up",
    metadata: {
      evenkeel_purpose: "recharge",
      evenkeel_tenant: charge.tenantId,
      evenkeel_attempt: charge.attemptId,
      evenkeel_fee_minor: String(charge.feeMinor),
    },
  };
}

/** Too many calls, in distinction to an object that another call holds. */
const isRateLimited = (error: unknown) =>
  error instanceof Stripe.errors.StripeRateLimitError && error.headers?.["stripe-rate-limited-reason"] !== undefined;

/** What an error of a charging call says about the money. @see reference: docs.stripe.com/error-handling */
export function outcomeOfError(error: unknown): ChargeOutcome {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof Stripe.errors.StripeCardError && error.payment_intent) {
    return { kind: "intent", intent: snapshotOf(error.payment_intent as Stripe.PaymentIntent) };
  }
  const refused =
    error instanceof Stripe.errors.StripeInvalidRequestError ||
    error instanceof Stripe.errors.StripeAuthenticationError ||
    error instanceof Stripe.errors.StripePermissionError ||
    error instanceof Stripe.errors.StripeCardError;
  if (refused) return { kind: "rejected", code: error.code ?? error.type, message };
  const replayed = error instanceof Stripe.errors.StripeError && error.headers?.["idempotent-replayed"] === "true";
  return { kind: "unknown", message, replayed, tooMany: isRateLimited(error) };
}

/** Charges a saved method. The attempt's id is the idempotency key: the same attempt can never be charged twice. Never throws. */
export async function chargeOffSession(charge: OffSessionCharge): Promise<ChargeOutcome> {
  try {
    const intent = await stripe().paymentIntents.create(offSessionParams(charge), { idempotencyKey: charge.attemptId });
    return { kind: "intent", intent: snapshotOf(intent) };
  } catch (error) {
    const outcome = outcomeOfError(error);
    if (outcome.kind === "unknown" && outcome.tooMany)
      await pushBack("charges").catch((lost: unknown) => log().warn({ err: lost }, "charges could not be pushed back"));
    return outcome;
  }
}

/** @throws Stripe's errors */
export async function fetchIntent(paymentIntentId: PaymentIntentId | string): Promise<IntentSnapshot> {
  return snapshotOf(await stripe().paymentIntents.retrieve(paymentIntentId));
}

/** The intent that a charge belongs to; null for one made without. @throws Stripe's errors */
export async function fetchChargeIntent(chargeId: string): Promise<PaymentIntentId | null> {
  const { payment_intent: intent } = await stripe().charges.retrieve(chargeId);
  return (typeof intent === "string" ? intent : (intent?.id ?? null)) as PaymentIntentId | null;
}

/** The secret that lets the customer's browser finish this one payment. @throws Stripe's errors */
export async function fetchClientSecret(paymentIntentId: PaymentIntentId): Promise<string | null> {
  return (await stripe().paymentIntents.retrieve(paymentIntentId)).client_secret;
}

/**
 * Looks for the PaymentIntent of an attempt among the customer's, newest first. Lists rather than searches: Stripe's search
 * lags behind by up to a minute.
 * @param since not before this instant
 * @throws Stripe's errors
 */
export async function findIntentOfAttempt(
  stripeCustomerId: string,
  attemptId: AttemptId,
  since: Date,
): Promise<IntentSnapshot | null> {
  const created = { gte: Math.floor(since.getTime() / 1000) - 60 };
  for await (const intent of stripe().paymentIntents.list({ customer: stripeCustomerId, created, limit: 100 })) {
    if (intent.metadata?.evenkeel_attempt === attemptId) return snapshotOf(intent);
  }
  return null;
}

/** Ends a payment that waits for the customer; when it cannot be ended any more, says what it is now. @throws Stripe's errors */
export async function cancelIntent(paymentIntentId: PaymentIntentId): Promise<IntentSnapshot> {
  try {
    return snapshotOf(await stripe().paymentIntents.cancel(paymentIntentId, { cancellation_reason: "abandoned" }));
  } catch (error) {
    if (error instanceof Stripe.errors.StripeInvalidRequestError) return fetchIntent(paymentIntentId);
    throw error;
  }
}
