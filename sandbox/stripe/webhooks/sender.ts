import type { Account } from "../account";
import { takeWebhookFault } from "../control/faults";
import { afterAttempt, type Delivery } from "./delivery";
import { type PostResult, postEvent } from "./post";
import { Shuffler } from "./shuffle";

const MOST_AT_ONCE = 32;

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Brings events to their endpoints: at once after the transaction that made them, again when a retry is due. */
export class WebhookSender {
  private readonly inFlight = new Set<string>();
  private readonly shuffler = new Shuffler();
  private idleWaiters: (() => void)[] = [];
  private kicked = false;
  private stopped = false;

  constructor(private readonly account: Account) {
    account.store.onCommit(() => this.kick());
  }

  /** Something is being sent, or held back on purpose. */
  get busy(): boolean {
    return this.inFlight.size > 0;
  }

  /** When the next attempt is due that is not under way already; unix milliseconds. */
  nextDueMs(): number | null {
    let next: number | null = null;
    for (const id of this.account.outbox) {
      const delivery = this.account.tables.deliveries.get(id);
      if (!delivery || this.inFlight.has(id)) continue;
      if (next === null || delivery.dueAtMs < next) next = delivery.dueAtMs;
    }
    return next;
  }

  /** Sends soon, but never before the answer to the request that caused it has been written. */
  kick(): void {
    if (this.kicked || this.stopped || this.account.outbox.size === 0) return;
    this.kicked = true;
    setImmediate(() => {
      this.kicked = false;
      this.sendDue();
    });
  }

  sendDue(): void {
    if (this.stopped) return;
    const { account } = this;
    const at = account.nowMs();
    for (const id of account.outbox) {
      if (this.inFlight.size >= MOST_AT_ONCE) return;
      const delivery = account.tables.deliveries.get(id);
      if (delivery?.state !== "pending") account.outbox.delete(id);
      else if (delivery.dueAtMs <= at && !this.inFlight.has(id)) this.attempt(delivery);
    }
  }

  private attempt(delivery: Delivery): void {
    const { account } = this;
    this.inFlight.add(delivery.id);
    const fault = takeWebhookFault(account, account.tables.events.get(delivery.event)?.type ?? "");
    if (fault.drop) {
      this.finish(delivery, {
        ...delivery,
        state: "dropped",
        attempts: delivery.attempts + 1,
        lastOutcome: "dropped on purpose",
      });
      return;
    }
    const send = async () => {
      if (fault.delayMs > 0) await pause(fault.delayMs);
      const posts = Array.from({ length: fault.copies }, () => postEvent(account, delivery.event, delivery.endpoint));
      const results = await Promise.all(posts);
      this.finish(delivery, this.judged(delivery, results));
    };
    if (fault.shuffle) this.shuffler.add(send);
    else void send();
  }

  private judged(delivery: Delivery, results: PostResult[]): Delivery {
    const best = results.find((result) => result.delivered) ?? results[0];
    const endpoint = this.account.tables.endpoints.get(delivery.endpoint);
    const next = afterAttempt(
      delivery,
      best?.delivered ?? false,
      best?.outcome ?? "nothing was sent",
      this.account.nowMs(),
    );
    return next.state === "pending" && endpoint?.status !== "enabled" ? { ...next, state: "failed" } : next;
  }

  private finish(delivery: Delivery, next: Delivery): void {
    const { tables, store, outbox } = this.account;
    this.inFlight.delete(delivery.id);
    // After a reset or when stopped, there is nothing left to write down.
    if (!this.stopped && tables.deliveries.get(delivery.id)) {
      store.transaction(() => {
        tables.deliveries.put(next);
        const event = tables.events.get(delivery.event);
        if (event && next.state === "delivered")
          tables.events.put({ ...event, pending_webhooks: Math.max(0, event.pending_webhooks - 1) });
      });
    }
    if (next.state !== "pending") outbox.delete(delivery.id);
    this.kick();
    if (this.inFlight.size > 0) return;
    const waiters = this.idleWaiters;
    this.idleWaiters = [];
    for (const wake of waiters) wake();
  }

  /** Resolves when nothing is on its way. */
  idle(): Promise<void> {
    return this.busy ? new Promise((resolve) => this.idleWaiters.push(resolve)) : Promise.resolve();
  }

  /** Forgets everything queued. */
  reset(): void {
    this.shuffler.clear();
    this.inFlight.clear();
    this.account.outbox.clear();
    for (const wake of this.idleWaiters.splice(0)) wake();
  }

  stop(): void {
    this.stopped = true;
    this.reset();
  }
}
