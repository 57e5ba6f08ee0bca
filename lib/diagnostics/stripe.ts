import { env } from "@/lib/env";
import type { StripeCustomerId } from "@/lib/ids";
import { stripe } from "@/lib/stripe/client";
import { stripeFailure } from "@/lib/stripe/failures";
import type { Step } from "./step";

/** A page waits for this answer: short, and not repeated. */
const PATIENCE = { timeout: 4_000, maxNetworkRetries: 0 };

/** Which keys are set. Their form and that they are of one mode was checked at the start. */
export function checkKeys(): Step {
  const { STRIPE_PUBLISHABLE_KEY, STRIPE_API_BASE } = env();
  const key = `${STRIPE_PUBLISHABLE_KEY.slice(0, 12)}…`;
  if (STRIPE_API_BASE)
    return { name: "keys", state: "warn", detail: "keysStandIn", values: { key, url: STRIPE_API_BASE } };
  return {
    name: "keys",
    state: "pass",
    detail: STRIPE_PUBLISHABLE_KEY.startsWith("pk_live_") ? "keysLive" : "keysTest",
    values: { key },
  };
}

/** One read at Stripe tells two things: whether the API answers to our key, and whether the tenant's customer is there. */
export async function checkStripe(customerId: StripeCustomerId | null): Promise<Step[]> {
  const startedAt = performance.now();
  const answered = (): Step => ({
    name: "api",
    state: "pass",
    detail: "apiAnswers",
    values: { ms: Math.round(performance.now() - startedAt) },
  });
  try {
    if (!customerId) {
      await stripe().customers.list({ limit: 1 }, PATIENCE);
      return [answered(), { name: "customer", state: "pass", detail: "customerNotYet" }];
    }
    const customer = await stripe().customers.retrieve(customerId, {}, PATIENCE);
    const values = { id: customerId };
    return [
      answered(),
      customer.deleted
        ? { name: "customer", state: "fail", detail: "customerMissing", values }
        : { name: "customer", state: "pass", detail: "customerKnown", values },
    ];
  } catch (error) {
    const failure = stripeFailure(error);
    if (!failure) throw error;
    const said = error instanceof Error ? error.message : undefined;
    if (failure.kind === "missing")
      return [
        answered(),
        { name: "customer", state: "fail", detail: "customerMissing", values: { id: customerId ?? "" }, error: said },
      ];
    return [
      { name: "api", state: "fail", detail: failure.kind === "unavailable" ? "apiSilent" : "apiRefuses", error: said },
    ];
  }
}
