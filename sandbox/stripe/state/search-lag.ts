import type { Row } from "./table";

interface Past {
  /** The row as it was before; undefined when it was new. */
  before: Row | undefined;
  atMs: number;
}

/**
 * What a search index that lags does not know yet: rows are found as they were some time ago, new ones not at all.
 * @see https://docs.stripe.com/search#data-freshness
 */
export class SearchLag {
  /** Changes of each row within the lag, oldest first. */
  private readonly changes = new Map<string, Past[]>();

  /** @param clock the lag that is set and the moved clock, both in milliseconds */
  constructor(private readonly clock: { lagMs(): number; nowMs(): number }) {}

  note(table: string, id: string, before: Row | undefined): void {
    const lagMs = this.clock.lagMs();
    if (lagMs === 0) return;
    const key = `${table} ${id}`;
    const atMs = this.clock.nowMs();
    this.forget(atMs - lagMs);
    const known = this.changes.get(key) ?? [];
    this.changes.delete(key);
    this.changes.set(key, [...known, { before, atMs }]);
  }

  /** Rows whose last change is old enough are known to the index as they are. The map is in the order of last changes. */
  private forget(untilMs: number): void {
    for (const [key, past] of this.changes) {
      if ((past.at(-1)?.atMs ?? 0) > untilMs) return;
      this.changes.delete(key);
    }
  }

  /** The row as a search sees it; undefined when it does not know it yet. */
  seen<T extends Row>(table: string, row: T): T | undefined {
    const lagMs = this.clock.lagMs();
    if (lagMs === 0 || this.changes.size === 0) return row;
    const since = this.clock.nowMs() - lagMs;
    const missed = this.changes.get(`${table} ${row.id}`)?.find((past) => past.atMs > since);
    return missed ? (missed.before as T | undefined) : row;
  }
}
