import type { Random } from "../simulator/random";
import { Latencies } from "./latency";

/** An instance that was killed may leave requests without an answer so long after it is back: those that had begun before. */
const AFTERMATH_MS = 2_000;
/** What the product answers when Stripe does not; the soak makes Stripe fail now and then. */
const STRIPE_IS_AWAY = "stripe_unavailable";

/** The instances as callers see them: each request goes to one, each answer is timed and looked at. */
export class Fleet {
  readonly latencies = new Latencies();
  readonly counts = { answers: 0, duringKills: 0, stripeAway: 0 };
  /** Answers that must not be: a status of 500 or none at all while every instance was well. */
  readonly faults: string[] = [];
  #turn = 0;
  /** Since when an instance is away, performance.now(); null: all are there. */
  #awaySince: number | null = null;
  #backAt = Number.NEGATIVE_INFINITY;

  constructor(
    readonly urls: readonly string[],
    private readonly random: Random,
  ) {}

  away(): void {
    this.#awaySince ??= performance.now();
  }

  back(): void {
    this.#awaySince = null;
    this.#backAt = performance.now() + AFTERMATH_MS;
  }

  next(): string {
    // In turn, but for some: so that the two requests of one deed do not always meet the same two instances.
    if (this.random.chance(0.2)) this.#turn++;
    return this.urls[this.#turn++ % this.urls.length] ?? "";
  }

  /** Whether somebody was away at any time since an instant. */
  #wasWhole = (sinceMs: number) => this.#awaySince === null && this.#backAt < sinceMs;

  /**
   * Sends a request to an instance, whatever its address says, and reads the whole answer.
   * @param kind under which it is timed
   * @throws what fetch throws when there is no answer
   */
  async send(kind: string, request: Request): Promise<Response> {
    const { pathname, search } = new URL(request.url);
    const startedAt = performance.now();
    const { method, headers } = request;
    const body = method === "GET" ? undefined : await request.arrayBuffer();
    try {
      const url = `${this.next()}${pathname}${search}`;
      const answer = await fetch(url, { method, headers, body, redirect: "manual", signal: request.signal });
      const bytes = await answer.arrayBuffer();
      this.latencies.add(kind, performance.now() - startedAt);
      this.counts.answers++;
      if (answer.status >= 500) this.#lookAt(kind, answer.status, new TextDecoder().decode(bytes), startedAt);
      const isEmpty = answer.status === 204 || answer.status === 304;
      return new Response(isEmpty ? null : bytes, { status: answer.status, headers: answer.headers });
    } catch (error) {
      const cause = error instanceof Error ? (error.cause ?? error) : error;
      if (this.#wasWhole(startedAt)) this.faults.push(`${kind}: no answer (${cause})`);
      else this.counts.duringKills++;
      throw error;
    }
  }

  #lookAt(kind: string, status: number, body: string, startedAt: number): void {
    if (!this.#wasWhole(startedAt)) this.counts.duringKills++;
    else if (body.includes(STRIPE_IS_AWAY)) this.counts.stripeAway++;
    else this.faults.push(`${kind}: ${status} ${body.slice(0, 300)}`);
  }
}
