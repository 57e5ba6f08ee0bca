export interface Row {
  readonly id: string;
}

/** What a table tells its store about, so that a transaction can be written down or undone. */
export interface TableObserver {
  changed(table: string, id: string, row: Row | null, undo: () => void): void;
}

/**
 * Rows in the order of their creation, which is the order Stripe lists them in. Rows are never changed in place: `put` a new
 * object, so that events and answers may keep the old one.
 */
export class Table<T extends Row> {
  private readonly positions = new Map<string, number>();
  private slots: (T | undefined)[] = [];
  private holes = 0;

  constructor(
    readonly name: string,
    private readonly observer: TableObserver,
  ) {}

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
    this.observer.changed(this.name, row.id, row, () => (old ? this.write(old) : this.erase(row.id)));
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
    this.observer.changed(this.name, id, null, () => {
      this.positions.set(id, position);
      this.slots[position] = old;
      this.holes -= 1;
    });
  }

  *oldestFirst(afterId?: string): Generator<T> {
    const start = afterId === undefined ? 0 : (this.positions.get(afterId) ?? -1) + 1;
    for (let at = start; at < this.slots.length; at++) {
      const row = this.slots[at];
      if (row) yield row;
    }
  }

  *newestFirst(afterId?: string): Generator<T> {
    const start = (afterId === undefined ? this.slots.length : (this.positions.get(afterId) ?? 0)) - 1;
    for (let at = start; at >= 0; at--) {
      const row = this.slots[at];
      if (row) yield row;
    }
  }

  /** Writes a row without telling anybody: for replay and undo. */
  write(row: T): void {
    const position = this.positions.get(row.id);
    if (position !== undefined) {
      this.slots[position] = row;
      return;
    }
    this.positions.set(row.id, this.slots.length);
    this.slots.push(row);
  }

  /** Removes a row without telling anybody. */
  erase(id: string): void {
    const position = this.positions.get(id);
    if (position === undefined) return;
    this.positions.delete(id);
    this.slots[position] = undefined;
    this.holes += 1;
  }

  /** Gives back the room of deleted rows; only between transactions, because undo remembers positions. */
  tidy(): void {
    if (this.holes < 1_000 || this.holes < this.slots.length / 2) return;
    this.slots = [...this.oldestFirst()];
    this.holes = 0;
    this.positions.clear();
    this.slots.forEach((row, position) => {
      if (row) this.positions.set(row.id, position);
    });
  }

  clear(): void {
    this.positions.clear();
    this.slots = [];
    this.holes = 0;
  }
}
