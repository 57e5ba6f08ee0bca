export interface Row {
  readonly id: string;
}

/** What a table tells its store about, so that a transaction can be written down or undone. */
export interface TableObserver {
  changed(table: string, id: string, row: Row | null, before: Row | undefined, undo: () => void): void;
  /** A row as a search sees it, which may lag behind; undefined when it is not known to it yet. */
  seenBySearch<T extends Row>(table: string, row: T): T | undefined;
}

/** Rows that can be paged through in the order of their creation: a table, or the rows of one owner. */
export interface Rows<T extends Row> {
  get(id: string): T | undefined;
  oldestFirst(afterId?: string): Iterable<T>;
  newestFirst(beforeId?: string): Iterable<T>;
}

type Key = string | null | undefined;

/**
 * Rows in the order of their creation, which is the order Stripe lists them in. Rows are never changed in place: `put` a new
 * object, so that events and answers may keep the old one.
 */
export class Table<T extends Row> implements Rows<T> {
  private readonly positions = new Map<string, number>();
  private slots: (T | undefined)[] = [];
  /** No row is before this slot: the oldest rows are the ones that are deleted, and nobody should walk over their holes. */
  private first = 0;
  private holes = 0;
  /** For each indexed member: ids by value. */
  private readonly indexes = new Map<string, Map<string, Set<string>>>();

  /** @param indexed members (ids of other objects) by which rows are found without looking at all of them */
  constructor(
    readonly name: string,
    private readonly observer: TableObserver,
    indexed: readonly string[] = [],
  ) {
    for (const member of indexed) this.indexes.set(member, new Map());
  }

  get size(): number {
    return this.positions.size;
  }

  get(id: string): T | undefined {
    const position = this.positions.get(id);
    return position === undefined ? undefined : this.slots[position];
  }

  put<R extends T>(row: R): R {
    const old = this.get(row.id);
    this.write(row);
    this.observer.changed(this.name, row.id, row, old, () => (old ? this.write(old) : this.erase(row.id)));
    return row;
  }

  /** Replaces some members of a row. @throws when there is no such row */
  patch(id: string, members: Partial<T>): T {
    const row = this.get(id);
    if (!row) throw new Error(`${this.name} has no row ${id}`);
    return this.put({ ...row, ...members });
  }

  delete(id: string): void {
    const position = this.positions.get(id);
    const old = this.get(id);
    if (position === undefined || !old) return;
    this.erase(id);
    this.observer.changed(this.name, id, null, old, () => {
      this.positions.set(id, position);
      this.slots[position] = old;
      this.reindex(id, undefined, old);
      this.holes -= 1;
      this.first = Math.min(this.first, position);
    });
  }

  *oldestFirst(afterId?: string): Generator<T> {
    const start = afterId === undefined ? this.first : (this.positions.get(afterId) ?? -1) + 1;
    for (let at = start; at < this.slots.length; at++) {
      const row = this.slots[at];
      if (row) yield row;
    }
  }

  *newestFirst(beforeId?: string): Generator<T> {
    const start = (beforeId === undefined ? this.slots.length : (this.positions.get(beforeId) ?? 0)) - 1;
    for (let at = start; at >= this.first; at--) {
      const row = this.slots[at];
      if (row) yield row;
    }
  }

  /**
   * The rows whose member has a value, found by an index.
   * @param value undefined stands for all rows, as an absent filter of a list does; null for none
   * @throws when the member has no index
   */
  whose(member: keyof T & string, value: Key): Rows<T> {
    if (value === undefined) return this;
    const index = this.indexes.get(member);
    if (!index) throw new Error(`${this.name} has no index of ${member}`);
    const ids = index.get(value ?? "") ?? new Set();
    const place = (id: string) => this.positions.get(id) ?? -1;
    const sorted = (after: number, before: number) =>
      [...ids]
        .map((id) => ({ id, at: place(id) }))
        .filter(({ at }) => at > after && at < before)
        .sort((a, b) => a.at - b.at)
        .flatMap(({ id }) => this.get(id) ?? []);
    return {
      get: (id) => (ids.has(id) ? this.get(id) : undefined),
      oldestFirst: (afterId) => sorted(afterId === undefined ? -1 : place(afterId), Number.POSITIVE_INFINITY),
      newestFirst: (beforeId) =>
        sorted(-1, beforeId === undefined ? Number.POSITIVE_INFINITY : place(beforeId)).reverse(),
    };
  }

  /** The row as a search sees it; undefined when its index does not know it yet. */
  seenBySearch(row: T): T | undefined {
    return this.observer.seenBySearch(this.name, row);
  }

  private reindex(id: string, old: T | undefined, row: T | undefined): void {
    for (const [member, index] of this.indexes) {
      const before: unknown = old && Reflect.get(old, member);
      const after: unknown = row && Reflect.get(row, member);
      if (before === after) continue;
      if (typeof before === "string") {
        const ids = index.get(before);
        ids?.delete(id);
        if (ids?.size === 0) index.delete(before);
      }
      if (typeof after === "string") index.set(after, (index.get(after) ?? new Set()).add(id));
    }
  }

  /** Writes a row without telling anybody: for replay and undo. */
  write(row: T): void {
    const position = this.positions.get(row.id);
    if (position !== undefined) {
      this.reindex(row.id, this.slots[position], row);
      this.slots[position] = row;
      return;
    }
    this.positions.set(row.id, this.slots.length);
    this.slots.push(row);
    this.reindex(row.id, undefined, row);
  }

  /** Removes a row without telling anybody. */
  erase(id: string): void {
    const position = this.positions.get(id);
    if (position === undefined) return;
    this.reindex(id, this.slots[position], undefined);
    this.positions.delete(id);
    this.slots[position] = undefined;
    this.holes += 1;
    while (this.first < this.slots.length && this.slots[this.first] === undefined) this.first += 1;
  }

  /** Gives back the room of deleted rows; only between transactions, because undo remembers positions. */
  tidy(): void {
    if (this.holes < 1_000 || this.holes < this.slots.length / 2) return;
    this.slots = [...this.oldestFirst()];
    this.first = 0;
    this.holes = 0;
    this.positions.clear();
    this.slots.forEach((row, position) => {
      if (row) this.positions.set(row.id, position);
    });
  }

  clear(): void {
    this.positions.clear();
    for (const index of this.indexes.values()) index.clear();
    this.slots = [];
    this.first = 0;
    this.holes = 0;
  }
}
