import type { Account } from "../account";
import { StripeFailure } from "./errors";

const WINDOW_MS = 1_000;
const HOUR_MS = 3_600_000;
const UPDATES_OF_AN_INTENT = 1_000;
/** Intents whose updates are counted; the oldest is forgotten when there are more. */
const INTENTS_COUNTED = 10_000;

export type LimitReason = "global-rate" | "endpoint-rate" | "resource-specific";

/** The times of what happened within a span, oldest first. */
class Recent {
  private times: number[] = [];

  constructor(private readonly spanMs: number) {}

  /** Counts one more unless there have been `most` already. */
  admits(atMs: number, most: number): boolean {
    const since = atMs - this.spanMs;
    if ((this.times[0] ?? atMs) <= since) this.times = this.times.filter((time) => time > since);
    if (this.times.length >= most) return false;
    this.times.push(atMs);
    return true;
  }
}

function limited(reason: LimitReason): StripeFailure {
  const message =
    "Request rate limit exceeded. Learn more about rate limits here: https://docs.stripe.com/rate-limits.";
  return new StripeFailure(429, { type: "invalid_request_error", code: "rate_limit", message }, false, {
    "stripe-rate-limited-reason": reason,
  });
}

/**
 * Stripe's limits, when they are asked for in the settings: requests per second in all and per address, in real time, and
 * 1,000 updates of a payment intent in an hour of moved time. They come before everything else, idempotency keys included.
 * @see https://docs.stripe.com/rate-limits
 */
export class RateLimits {
  private readonly all = new Recent(WINDOW_MS);
  private readonly byEndpoint = new Map<string, Recent>();
  private readonly byIntent = new Map<string, Recent>();

  constructor(private readonly account: Account) {}

  /** @param endpoint method and pattern. @throws StripeFailure 429 `rate_limit` */
  check(method: string, path: string, endpoint: string): void {
    const limits = this.account.settings.rateLimits;
    if (!limits) return;
    const at = performance.now();
    if (!this.all.admits(at, limits.globalPerSecond)) throw limited("global-rate");
    const ofEndpoint = this.byEndpoint.get(endpoint) ?? new Recent(WINDOW_MS);
    this.byEndpoint.set(endpoint, ofEndpoint);
    if (!ofEndpoint.admits(at, limits.endpointPerSecond)) throw limited("endpoint-rate");
    const [, intent] = /^\/v1\/payment_intents\/(pi_\w+)/.exec(path) ?? [];
    if (method !== "POST" || !intent) return;
    const updates = this.byIntent.get(intent) ?? new Recent(HOUR_MS);
    this.byIntent.set(intent, updates);
    for (const oldest of this.byIntent.keys()) {
      if (this.byIntent.size <= INTENTS_COUNTED) break;
      this.byIntent.delete(oldest);
    }
    if (!updates.admits(this.account.nowMs(), UPDATES_OF_AN_INTENT)) throw limited("resource-specific");
  }
}
