import type Stripe from "stripe";
import { now } from "@/lib/clock";

/** Events are listed with some delay and stamped by the second: each look goes back a little. */
const OVERLAP_S = 60;
/** The newest ones that are remembered as brought: far more than come within the overlap. */
const REMEMBERED = 10_000;
const ANSWER_WITHIN_MS = 30_000;

interface Options {
  /** The app's endpoint. */
  webhookUrl: string;
  /** Signs what is brought, as the app checks it. */
  secret: string;
}

/**
 * What `stripe listen` does, without the command line tool: asks Stripe for its newest events and posts them to the app, signed.
 * What the app does not take is brought again.
 */
export class EventForwarder {
  readonly #brought = new Set<string>();
  /** Unix seconds. */
  #since: number;

  /** @param sinceMs events before are left to the app's own backfill */
  constructor(
    private readonly stripe: Stripe,
    private readonly options: Options,
    sinceMs = now().getTime(),
  ) {
    this.#since = Math.floor(sinceMs / 1000) - OVERLAP_S;
  }

  /** One look. @returns what went wrong with the app, if anything did @throws Stripe's errors */
  async round(): Promise<string | null> {
    const listed: Stripe.Event[] = [];
    for await (const event of this.stripe.events.list({ created: { gte: this.#since }, limit: 100 }))
      if (!this.#brought.has(event.id)) listed.push(event);
    for (const event of listed.reverse()) {
      const problem = await this.#bring(event);
      if (problem) return problem;
      this.#brought.add(event.id);
      this.#since = Math.max(this.#since, event.created - OVERLAP_S);
    }
    for (const id of this.#brought) if (this.#brought.size > REMEMBERED) this.#brought.delete(id);
    return null;
  }

  async #bring(event: Stripe.Event): Promise<string | null> {
    const payload = JSON.stringify(event);
    const { webhookUrl, secret } = this.options;
    const signature = this.stripe.webhooks.generateTestHeaderString({ payload, secret });
    try {
      const answer = await fetch(webhookUrl, {
        method: "POST",
        headers: { "content-type": "application/json", "stripe-signature": signature },
        body: payload,
        signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      });
      return answer.ok ? null : `${event.type} ${event.id}: the app answered ${answer.status}`;
    } catch (error) {
      return `${event.type} ${event.id}: ${error instanceof Error ? String(error.cause ?? error.message) : String(error)}`;
    }
  }
}
