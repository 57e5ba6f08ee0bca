import type { Account } from "../account";
import { takeWebhookFault } from "../control/faults";
import { afterAttempt, type Delivery, recordAttempt } from "./delivery";
import { type PostResult, postEvent } from "./post";
import { Shuffler } from "./shuffle";

const MOST_AT_ONCE = 32;

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Brings events to their endpoints: at once after the transaction that made them, again when a retry is due. */
export class WebhookSender {
  private readonly inFlight = new Set<string>();
  /** Attempts that are over and not written down yet: those of one moment are one transaction. */
  private over: Delivery[] = [];
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
    return this.account.outbox.next()?.dueAtMs ?? null;
  }

  /** Sends soon, but never before the answer to the request that caused it has been written. */
  kick(): void {
    if (this.kicked || this.stopped) return;
    this.kicked = true;
    setImmediate(() => {
      this.kicked = false;
      this.sendDue();
    });
  }

  sendDue(): void {
    if (this.stopped) return;
    const { outbox } = this.account;
    const at = this.account.nowMs();
    while (this.inFlight.size < MOST_AT_ONCE) {
      const delivery = outbox.next();
      if (!delivery || delivery.dueAtMs > at) return;
      outbox.take();
      this.attempt(delivery);
    }
  }

  private attempt(delivery: Delivery): void {
    const { account } = this;
    this.inFlight.add(delivery.id);
    const fault = takeWebhookFault(account, account.tables.events.get(delivery.event)?.type ?? "");
    if (fault.drop) {
      const attempts = delivery.attempts + 1;
      this.finish({ ...delivery, state: "dropped", attempts, lastOutcome: "dropped on purpose" });
      return;
    }
    const send = async () => {
      if (fault.delayMs > 0) await pause(fault.delayMs);
      const posts = Array.from({ length: fault.copies }, () => postEvent(account, delivery.event, delivery.endpoint));
      const results = await Promise.all(posts);
      this.finish(this.judged(delivery, results));
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

  private finish(next: Delivery): void {
    if (this.stopped) return;
    this.over.push(next);
    if (this.over.length === 1) setImmediate(() => this.writeDown());
  }

  private writeDown(): void {
    const over = this.over;
    this.over = [];
    if (this.stopped || over.length === 0) return;
    this.account.store.transaction(() => {
      for (const next of over) recordAttempt(this.account, next);
    });
    for (const { id } of over) this.inFlight.delete(id);
    this.sendDue();
    if (this.inFlight.size > 0) return;
    for (const wake of this.idleWaiters.splice(0)) wake();
  }

  /** Resolves when nothing is on its way. */
  idle(): Promise<void> {
    return this.busy ? new Promise((resolve) => this.idleWaiters.push(resolve)) : Promise.resolve();
  }

  /** Forgets everything queued. */
  reset(): void {
    this.shuffler.clear();
    this.inFlight.clear();
    this.over = [];
    this.account.outbox.clear();
    for (const wake of this.idleWaiters.splice(0)) wake();
  }

  stop(): void {
    this.stopped = true;
    this.reset();
  }
}
