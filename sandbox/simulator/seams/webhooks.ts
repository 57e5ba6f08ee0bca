import { now } from "@/lib/clock";
import { env } from "@/lib/env";
import { HANDLERS } from "@/lib/webhooks/dispatch";
import { receiveStripeEvent } from "@/lib/webhooks/receive";
import { bodyFor } from "../../stripe/webhooks/body";
import { signatureHeader } from "../../stripe/webhooks/signature";
import type { Random } from "../random";
import type { Scheduler } from "../scheduler";
import type { StripeSeam } from "./stripe";

/** How events travel in a run; probabilities. */
export type PostalMood = {
  /** Never delivered. */
  lost: number;
  /** Delivered a second time. */
  doubled: number;
  /** Most that an event is on its way, milliseconds: what is shorter is overtaken. */
  delayMs: number;
};

const TRIES = 6;
const MINUTE_MS = 60_000;

/** Brings the stand-in's events to the product: late, twice, in another order, or not at all. */
export class Webhooks {
  mood: PostalMood = { lost: 0, doubled: 0, delayMs: 0 };
  #last: string | undefined;

  constructor(
    private readonly scheduler: Scheduler,
    private readonly random: Random,
    private readonly stripe: StripeSeam,
  ) {
    stripe.account.store.onCommit(() => this.#collect());
  }

  #collect(): void {
    const fresh = [...this.stripe.account.tables.events.oldestFirst(this.#last)];
    this.#last = fresh.at(-1)?.id ?? this.#last;
    for (const { id, type } of fresh) {
      if (!HANDLERS[type]) continue;
      if (this.random.chance(this.mood.lost)) {
        this.scheduler.note(`lost: ${type}`);
        continue;
      }
      this.#post(id, type, this.random.between(0, this.mood.delayMs), TRIES);
      if (this.random.chance(this.mood.doubled)) this.#post(id, type, this.random.between(0, this.mood.delayMs), TRIES);
    }
  }

  #post(id: string, type: string, waitMs: number, tries: number): void {
    const begin = () => {
      const event = this.stripe.account.tables.events.get(id);
      if (!event) return;
      const body = bodyFor(this.stripe.account, event, null);
      const signature = signatureHeader(body, env().STRIPE_WEBHOOK_SECRET, Math.floor(now().getTime() / 1000));
      this.scheduler.spawn(
        `webhook ${type}`,
        () => receiveStripeEvent(body.toString("utf8"), signature),
        (outcome) => {
          if (outcome.kind !== "answered" && tries > 1) this.#post(id, type, 5 * MINUTE_MS, tries - 1);
        },
      );
    };
    this.scheduler.pending.push({ text: `webhook ${type}`, notBeforeMs: now().getTime() + waitMs, begin });
  }
}
