interface Entry {
  id: string;
  dueAtMs: number;
  /** What came first goes first when both are due at the same moment. */
  turn: number;
}

function isBefore(a: Entry, b: Entry): boolean {
  return a.dueAtMs < b.dueAtMs || (a.dueAtMs === b.dueAtMs && a.turn < b.turn);
}

/** What waits for its time, the earliest first, without looking at all of it (a binary heap). */
export class DueQueue {
  private heap: Entry[] = [];
  private turns = 0;

  get size(): number {
    return this.heap.length;
  }

  add(id: string, dueAtMs: number): void {
    const { heap } = this;
    heap.push({ id, dueAtMs, turn: this.turns++ });
    for (let at = heap.length - 1; at > 0; ) {
      const parent = (at - 1) >> 1;
      if (!this.swapIfBefore(at, parent)) return;
      at = parent;
    }
  }

  peek(): { id: string; dueAtMs: number } | null {
    return this.heap[0] ?? null;
  }

  pop(): void {
    const { heap } = this;
    const last = heap.pop();
    if (!last || heap.length === 0) return;
    heap[0] = last;
    for (let at = 0; ; ) {
      const [left, right] = [heap[2 * at + 1], heap[2 * at + 2]];
      if (!left) return;
      const child = right && isBefore(right, left) ? 2 * at + 2 : 2 * at + 1;
      if (!this.swapIfBefore(child, at)) return;
      at = child;
    }
  }

  /** Exchanges two entries when the one at `lower` belongs above the other. */
  private swapIfBefore(lower: number, upper: number): boolean {
    const [below, above] = [this.heap[lower], this.heap[upper]];
    if (!below || !above || !isBefore(below, above)) return false;
    this.heap[lower] = above;
    this.heap[upper] = below;
    return true;
  }

  clear(): void {
    this.heap = [];
  }
}
