import { headers } from "next/headers";
import type { StripeAccess } from "@/components/stripe/terms";
import { env } from "@/lib/env";

/** What a page hands to the browser so that it can talk to Stripe; nothing of it is secret. */
export async function stripeAccess(): Promise<StripeAccess> {
  const { STRIPE_PUBLISHABLE_KEY, STRIPE_JS_URL } = env();
  return {
    publishableKey: STRIPE_PUBLISHABLE_KEY,
    scriptUrl: STRIPE_JS_URL ?? null,
    nonce: (await headers()).get("x-nonce"),
  };
}
