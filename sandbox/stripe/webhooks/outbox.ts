import type { Table } from "../state/table";
import { Heap } from "../time/heap";
import type { Delivery } from "./delivery";

interface Entry {
  id: string;
  dueAtMs: number;
  /** What came first goes first when both are due at the same moment. */
  turn: number;
}

/**
 * Deliveries that wait for their next attempt, so that nobody has to search for them. It may name some whose transaction was
 * undone; the table of deliveries is what counts.
 */
export class Outbox {
  private queue = newQueue();
  private turns = 0;

  constructor(private readonly deliveries: Table<Delivery>) {
    for (const delivery of deliveries.oldestFirst()) if (delivery.state === "pending") this.add(delivery);
  }

  add({ id, dueAtMs }: Delivery): void {
    this.queue.push({ id, dueAtMs, turn: this.turns++ });
  }

  /** The delivery that is due first; null when none waits. */
  next(): Delivery | null {
    for (let top = this.queue.peek(); top; top = this.queue.peek()) {
      const delivery = this.deliveries.get(top.id);
      if (delivery?.state === "pending" && delivery.dueAtMs === top.dueAtMs) return delivery;
      this.queue.pop();
    }
    return null;
  }

  /** Takes the one that `next` named: it is on its way. */
  take(): void {
    this.queue.pop();
  }

  clear(): void {
    this.queue = newQueue();
  }
}

function newQueue(): Heap<Entry> {
  return new Heap((a, b) => (a.dueAtMs === b.dueAtMs ? a.turn < b.turn : a.dueAtMs < b.dueAtMs));
}
