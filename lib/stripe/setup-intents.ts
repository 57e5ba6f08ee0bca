import type Stripe from "stripe";
import { now } from "@/lib/clock";
import type { PaymentMethodId, StripeCustomerId, TenantId } from "@/lib/ids";
import { stripe } from "./client";

/**
 * Saving a method for charges without the customer present. Which types are offered is configured at Stripe (dynamic
 * payment methods): `payment_method_types` no longer exists there.
 */
export function setupIntentParams(customerId: StripeCustomerId, tenantId: TenantId): Stripe.SetupIntentCreateParams {
  return {
    customer: customerId,
    usage: "off_session",
    automatic_payment_methods: { enabled: true },
    metadata: { tenantId },
  };
}

export async function createSetupIntent(customerId: StripeCustomerId, tenantId: TenantId): Promise<Stripe.SetupIntent> {
  return stripe().setupIntents.create(setupIntentParams(customerId, tenantId));
}

export async function fetchSetupIntent(setupIntentId: string): Promise<Stripe.SetupIntent> {
  return stripe().setupIntents.retrieve(setupIntentId, { expand: ["payment_method"] });
}

/** A bank account that waits until its owner confirms two small deposits; not attached to the customer until then. */
export type WaitingSetup = { setupIntentId: string; method: Stripe.PaymentMethod; hostedUrl: string; arrivesAt: Date };

/** Stripe ends unconfirmed micro-deposits after 10 days (docs.stripe.com/payments/ach-direct-debit/set-up-payment). */
const VERIFICATION_DAYS = 10;

/** The customer's set-ups that wait for micro-deposits. */
export async function waitingSetups(customerId: StripeCustomerId): Promise<WaitingSetup[]> {
  const waiting: WaitingSetup[] = [];
  const since = Math.floor(now().getTime() / 1000) - (VERIFICATION_DAYS + 1) * 86_400;
  const intents = stripe().setupIntents.list({
    customer: customerId,
    created: { gte: since },
    limit: 100,
    expand: ["data.payment_method"],
  });
  for await (const intent of intents) {
    const deposits = intent.status === "requires_action" ? intent.next_action?.verify_with_microdeposits : undefined;
    if (!deposits || !intent.payment_method || typeof intent.payment_method === "string") continue;
    waiting.push({
      setupIntentId: intent.id,
      method: intent.payment_method,
      hostedUrl: deposits.hosted_verification_url,
      arrivesAt: new Date(deposits.arrival_date * 1000),
    });
  }
  return waiting;
}

/** Gives up the set-ups that wait for this method. */
export async function cancelWaitingSetups(
  customerId: StripeCustomerId,
  paymentMethodId: PaymentMethodId,
): Promise<void> {
  const setups = (await waitingSetups(customerId)).filter((setup) => setup.method.id === paymentMethodId);
  await Promise.all(setups.map((setup) => stripe().setupIntents.cancel(setup.setupIntentId)));
}

/** The two deposits in the account's smallest unit, or the code that stands beside them. */
export type DepositProof = { amounts: [number, number] } | { descriptorCode: string };

/** @throws Stripe's errors: wrong ones are an invalid request and use up an attempt */
export async function verifyDeposits(setupIntentId: string, proof: DepositProof): Promise<void> {
  await stripe().setupIntents.verifyMicrodeposits(
    setupIntentId,
    "amounts" in proof ? { amounts: proof.amounts } : { descriptor_code: proof.descriptorCode },
  );
}
