import type { QueueKind } from "../state/queue";
import type { Slot } from "../state/runs";

export interface QueueItem {
  id: string;
  runId: string;
  fnId: string;
  stepId: string;
  kind: QueueKind;
  name?: string | null;
  /** From 0. */
  attempt: number;
  /** How often the connection broke in the middle of this item's call. */
  breaks: number;
  /** Milliseconds since the epoch, on the product's clock. */
  dueAt: number;
  slots: Slot[];
  cron: boolean;
  /** Seconds by which it overtakes others that are due. */
  priority: number;
  /** Real time (`performance.now()`) before which it is not called again, while the app is away. */
  heldUntil?: number;
  /** How often in a row nothing listened at the app's address. */
  refusals?: number;
}

/** What is owed, in memory: a copy of the queue table, split into what is due and what is not yet. */
export class DueQueue {
  #due = new Map<string, QueueItem>();
  #later = new Map<string, QueueItem>();
  #next: number | null = null;
  /** The highest rank among what is due. */
  #lastRank = Number.NEGATIVE_INFINITY;

  /** Items already known are replaced only if they are not due yet. */
  add(item: QueueItem): void {
    if (this.#due.has(item.id)) return;
    this.#later.set(item.id, item);
    if (this.#next === null || item.dueAt < this.#next) this.#next = item.dueAt;
  }

  remove(id: string): void {
    this.#due.delete(id);
    this.#later.delete(id);
  }

  removeRun(runId: string): void {
    for (const items of [this.#due, this.#later]) {
      for (const item of items.values()) if (item.runId === runId) items.delete(item.id);
    }
  }

  has(id: string): boolean {
    return this.#due.has(id) || this.#later.has(id);
  }

  /** What is due at `nowMs` and not taken, oldest first, allowing for priorities. */
  due(nowMs: number): QueueItem[] {
    if (this.#next !== null && this.#next <= nowMs) this.#promote(nowMs);
    return [...this.#due.values()];
  }

  get hasDue(): boolean {
    return this.#due.size > 0;
  }

  /** The earliest time at which something not yet due becomes so. */
  nextLaterAt(): number | null {
    return this.#next;
  }

  /** The earliest due time, of items that are due too. */
  nextDueAt(): number | null {
    let earliest: number | null = null;
    for (const items of [this.#due, this.#later]) {
      for (const { dueAt } of items.values()) if (earliest === null || dueAt < earliest) earliest = dueAt;
    }
    return earliest;
  }

  #promote(nowMs: number): void {
    const ready: QueueItem[] = [];
    this.#next = null;
    for (const item of this.#later.values()) {
      if (item.dueAt <= nowMs) ready.push(item);
      else if (this.#next === null || item.dueAt < this.#next) this.#next = item.dueAt;
    }
    ready.sort(byRank);
    const [first, last] = [ready[0], ready.at(-1)];
    if (!first || !last) return;
    const overtakes = this.#due.size > 0 && rank(first) < this.#lastRank;
    this.#lastRank = overtakes ? Math.max(this.#lastRank, rank(last)) : rank(last);
    for (const item of ready) {
      this.#later.delete(item.id);
      this.#due.set(item.id, item);
    }
    // Seldom: only what has a priority, or was late, comes before what waits already.
    if (overtakes) this.#due = new Map([...this.#due.values()].sort(byRank).map((item) => [item.id, item]));
  }
}

const rank = (item: QueueItem) => item.dueAt - item.priority * 1000;
const byRank = (a: QueueItem, b: QueueItem) => rank(a) - rank(b);
