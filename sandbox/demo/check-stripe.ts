import Stripe from "stripe";
import type { RealStripe } from "./choice";

/** A client for Stripe itself, as the demo's own parts use it. */
export function stripeClient({ secretKey, apiBase }: Pick<RealStripe, "secretKey" | "apiBase">): Stripe {
  const base = apiBase ? new URL(apiBase) : null;
  return new Stripe(secretKey, {
    telemetry: false,
    maxNetworkRetries: 2,
    ...(base && { host: base.hostname, port: base.port, protocol: base.protocol === "https:" ? "https" : "http" }),
  });
}

/** Asks Stripe one harmless thing. @throws Error in plain words when the key is not accepted, or Stripe cannot be reached */
export async function checkStripe(stripe: RealStripe): Promise<void> {
  try {
    await stripeClient(stripe).customers.list({ limit: 1 });
  } catch (error) {
    const host = stripe.apiBase ?? "api.stripe.com";
    if (error instanceof Stripe.errors.StripeAuthenticationError)
      throw new Error(`Stripe (${host}) does not accept STRIPE_SECRET_KEY.`);
    throw new Error(`Stripe (${host}) could not be used: ${error instanceof Error ? error.message : String(error)}`);
  }
}
