import { DueQueue } from "../state/due-queue";
import type { Table } from "../state/table";
import type { Delivery } from "./delivery";

/**
 * Deliveries that wait for their next attempt, so that nobody has to search for them. It may name some whose transaction was
 * undone; the table of deliveries is what counts.
 */
export class Outbox {
  private readonly queue = new DueQueue();

  constructor(private readonly deliveries: Table<Delivery>) {
    for (const delivery of deliveries.oldestFirst()) if (delivery.state === "pending") this.add(delivery);
  }

  add(delivery: Delivery): void {
    this.queue.add(delivery.id, delivery.dueAtMs);
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
    this.queue.clear();
  }
}
