import Stripe from "stripe";
import { env } from "@/lib/env";

/** How long one request may take, and how often the SDK repeats it with the same idempotency key. */
export const STRIPE_TIMEOUT_MS = 20_000;
export const STRIPE_RETRIES = 1;

const shared = globalThis as typeof globalThis & { evenkeelStripe?: Stripe };

/** The one client of the process. `STRIPE_API_BASE` points it at the stand-in. */
export function stripe(): Stripe {
  if (!shared.evenkeelStripe) {
    const { STRIPE_SECRET_KEY, STRIPE_API_BASE } = env();
    const base = STRIPE_API_BASE ? new URL(STRIPE_API_BASE) : null;
    shared.evenkeelStripe = new Stripe(STRIPE_SECRET_KEY, {
      apiVersion: Stripe.API_VERSION as "2026-10-28.endive",
      timeout: STRIPE_TIMEOUT_MS,
      maxNetworkRetries: STRIPE_RETRIES,
      telemetry: false,
      appInfo: { name: "Evenkeel" },
      ...(base
        ? { host: base.hostname, port: base.port, protocol: base.protocol === "https:" ? "https" : "http" }
        : {}),
    });
  }
  return shared.evenkeelStripe;
}

/** Forgets the client, so that a test can point at another stand-in. */
export function resetStripeForTests(): void {
  shared.evenkeelStripe = undefined;
}
