import { type Change, Journal } from "./journal";
import type { SearchLag } from "./search-lag";
import { type Row, Table, type TableObserver } from "./table";

/** All tables, one transaction at a time. Everything is synchronous, so a transaction is alone by nature. */
export class Store implements TableObserver {
  private readonly tables = new Map<string, Table<Row>>();
  private readonly journal: Journal | null;
  private changes: Change[] | null = null;
  private undos: (() => void)[] = [];
  private readonly listeners: (() => void)[] = [];
  /** What searches do not know yet; null while they know everything. */
  searchLag: SearchLag | null = null;

  /** @param file where the journal is kept; null keeps everything in memory only */
  constructor(file: string | null) {
    this.journal = file ? new Journal(file) : null;
  }

  /** @param indexed see {@link Table.whose} */
  table<T extends Row>(name: string, ...indexed: (keyof T & string)[]): Table<T> {
    const table = new Table<T>(name, this, indexed);
    this.tables.set(name, table as unknown as Table<Row>);
    return table;
  }

  /** Reads the journal back into the tables and compacts it. Call once, after all tables are open. */
  load(): void {
    if (!this.journal) return;
    for (const changes of this.journal.read()) {
      for (const [name, id, row] of changes) {
        if (row === null) this.tables.get(name)?.erase(id);
        else this.tables.get(name)?.write(row as Row);
      }
    }
    this.journal.compact(this.everything());
  }

  private *everything(): Generator<Change> {
    for (const table of this.tables.values()) {
      for (const row of table.oldestFirst()) yield [table.name, row.id, row];
    }
  }

  changed(table: string, id: string, row: Row | null, before: Row | undefined, undo: () => void): void {
    if (!this.changes) throw new Error(`${table} ${id} was changed outside a transaction`);
    this.searchLag?.note(table, id, before);
    this.changes.push([table, id, row]);
    this.undos.push(undo);
  }

  seenBySearch<T extends Row>(table: string, row: T): T | undefined {
    return this.searchLag ? this.searchLag.seen(table, row) : row;
  }

  /** Runs `work` and writes what it changed as one line; when it throws, nothing has happened. Nested calls join in. */
  transaction<R>(work: () => R): R {
    if (this.changes) return work();
    const changes: Change[] = [];
    this.changes = changes;
    this.undos = [];
    try {
      const result = work();
      if (changes.length > 0) this.journal?.append(changes);
      this.changes = null;
      for (const table of this.tables.values()) table.tidy();
      if (this.journal?.isLong) this.journal.compact(this.everything());
      if (changes.length > 0) for (const listener of this.listeners) listener();
      return result;
    } catch (error) {
      for (const undo of this.undos.reverse()) undo();
      this.changes = null;
      throw error;
    }
  }

  /** Undoes what is done after it is called, by calling what it answers. */
  private mark(): () => void {
    const { changes, undos } = this;
    if (!changes) throw new Error("nothing can be undone outside a transaction");
    const changed = changes.length;
    const undoable = undos.length;
    return () => {
      for (const undo of undos.splice(undoable).reverse()) undo();
      changes.length = changed;
    };
  }

  /** Runs `work` for its result alone: what it changed is undone, events and deliveries included. Within a transaction only. */
  rehearse<R>(work: () => R): R {
    const undo = this.mark();
    try {
      return work();
    } finally {
      undo();
    }
  }

  /** Runs a part of a transaction; when it throws, the part is undone and the transaction may go on. */
  attempt<R>(work: () => R): R {
    const undo = this.mark();
    try {
      return work();
    } catch (error) {
      undo();
      throw error;
    }
  }

  /** Called after every transaction that changed something. */
  onCommit(listener: () => void): void {
    this.listeners.push(listener);
  }

  clear(): void {
    for (const table of this.tables.values()) table.clear();
    this.journal?.clear();
  }

  /** How many rows each table holds. */
  sizes(): Record<string, number> {
    return Object.fromEntries([...this.tables.values()].map((table) => [table.name, table.size]));
  }

  close(): void {
    this.journal?.close();
  }
}
