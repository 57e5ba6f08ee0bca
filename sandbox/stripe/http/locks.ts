import { StripeFailure } from "./errors";

/** Objects that a request still works on. A second change meanwhile is refused, as Stripe does. */
export class ObjectLocks {
  private readonly held = new Set<string>();

  /** @throws StripeFailure 429 `lock_timeout`, which the SDK tries again by itself */
  check(objectId: string | null): void {
    if (objectId === null || !this.held.has(objectId)) return;
    const message =
      "This object cannot be accessed right now because another API request or Stripe process is currently accessing it. If you see this error intermittently, retry the request.";
    throw new StripeFailure(429, { type: "invalid_request_error", code: "lock_timeout", message }, false, {
      "stripe-should-retry": "true",
    });
  }

  hold(objectId: string | null): () => void {
    if (objectId === null) return () => undefined;
    this.held.add(objectId);
    return () => this.held.delete(objectId);
  }
}
