import type { Table } from "../state/table";
import { Heap } from "./heap";
import type { Work } from "./work";

/** Fewer entries than that are not worth tidying up. */
const MANY = 1_000;

interface Entry {
  id: string;
  dueAtMs: number;
  /** Scheduled earlier is done earlier, when both are due at once. */
  order: number;
}

/**
 * What is scheduled, by clock and in the order of its time. The table is the truth; an entry whose row is gone (done, rolled
 * back, emptied) is passed over when its turn comes, so nobody has to take entries out.
 */
export class Agenda {
  private readonly heaps = new Map<string | null, Heap<Entry>>();
  private count = 0;

  constructor(private readonly table: Table<Work>) {
    for (const work of table.oldestFirst()) this.add(work);
  }

  add(work: Work): void {
    const clock = work.clock ?? null;
    const heap = this.heaps.get(clock) ?? new Heap<Entry>(isEarlier);
    this.heaps.set(clock, heap);
    heap.push({ id: work.id, dueAtMs: work.dueAtMs, order: this.count++ });
    if (heap.size > MANY && heap.size > 2 * this.table.size) this.tidy();
  }

  /** Forgets the entries of rows that are gone. */
  private tidy(): void {
    this.heaps.clear();
    for (const work of this.table.oldestFirst()) this.add(work);
  }

  /** The earliest work of a clock; null for the account's own time. Call between transactions only. */
  next(clock: string | null): Work | null {
    const heap = this.heaps.get(clock);
    for (let entry = heap?.peek(); entry; entry = heap?.peek()) {
      const work = this.table.get(entry.id);
      if (work) return work;
      heap?.pop();
    }
    this.heaps.delete(clock);
    return null;
  }
}

function isEarlier(a: Entry, b: Entry): boolean {
  return a.dueAtMs === b.dueAtMs ? a.order < b.order : a.dueAtMs < b.dueAtMs;
}
