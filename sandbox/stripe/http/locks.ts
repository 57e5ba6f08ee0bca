import { StripeFailure } from "./errors";
import type { FormTree } from "./form";

/** Objects whose state a request may change although they are not in its address. */
const NAMED_IN_PARAMETERS = ["charge", "payment_intent", "dispute", "invoice", "subscription", "setup_intent"];

/**
 * The objects a request works on: `POST /v1/payment_intents/pi_1/confirm` on `pi_1`, a refund on the payment it names. A
 * creation works on nothing yet, and reading locks nothing.
 */
export function objectsOf(request: { method: string; path: string; params: FormTree }): string[] {
  if (request.method === "GET") return [];
  const third = request.path.split("/")[3];
  const named = NAMED_IN_PARAMETERS.map((name) => request.params[name]);
  return [third, ...named].filter((id) => typeof id === "string" && id.includes("_")) as string[];
}

/** Objects that a request still works on. A second change meanwhile is refused, as Stripe does. */
export class ObjectLocks {
  private readonly held = new Set<string>();

  /** @throws StripeFailure 429 `lock_timeout`, which the SDK tries again by itself */
  check(objects: readonly string[]): void {
    if (this.held.size === 0 || !objects.some((id) => this.held.has(id))) return;
    const message =
      "This object cannot be accessed right now because another API request or Stripe process is currently accessing it. If you see this error intermittently, retry the request. If you see this error frequently and are making multiple concurrent requests to a single object, make your requests serially or at a lower rate. For more details, see https://stripe.com/docs/rate-limits#object-lock-timeouts.";
    throw new StripeFailure(429, { type: "invalid_request_error", code: "lock_timeout", message }, false, {
      "stripe-should-retry": "true",
    });
  }

  hold(objects: readonly string[]): () => void {
    for (const id of objects) this.held.add(id);
    return () => {
      for (const id of objects) this.held.delete(id);
    };
  }
}
