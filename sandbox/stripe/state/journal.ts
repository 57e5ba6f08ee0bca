import {
  closeSync,
  existsSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";

const LONG = 50_000;

/** One row's new state, or null when it is gone. */
export type Change = [table: string, id: string, row: unknown];

/**
 * An append-only file: one line per transaction, written before the answer goes out. A line is whole or it never was, so a
 * process killed at any moment comes back with exactly what it had answered.
 */
export class Journal {
  private descriptor: number;
  private linesSinceCompacted = 0;

  constructor(private readonly file: string) {
    mkdirSync(dirname(file), { recursive: true });
    this.descriptor = openSync(file, "a");
  }

  append(changes: Change[]): void {
    writeSync(this.descriptor, `${JSON.stringify(changes)}\n`);
    this.linesSinceCompacted += 1;
  }

  /** Long enough that replaying it would be slow. */
  get isLong(): boolean {
    return this.linesSinceCompacted > LONG;
  }

  /** Every complete transaction, oldest first. A last line cut short by a kill is left out. */
  read(): Change[][] {
    if (!existsSync(this.file)) return [];
    const lines = readFileSync(this.file, "utf8").split("\n");
    lines.pop();
    return lines.filter((line) => line !== "").map((line) => JSON.parse(line) as Change[]);
  }

  /** Replaces the history by the present state. The rename makes it one step: old file or new, never half. */
  compact(rows: Iterable<Change>): void {
    const fresh = `${this.file}.new`;
    const descriptor = openSync(fresh, "w");
    for (const row of rows) writeSync(descriptor, `${JSON.stringify([row])}\n`);
    closeSync(descriptor);
    closeSync(this.descriptor);
    renameSync(fresh, this.file);
    this.descriptor = openSync(this.file, "a");
    this.linesSinceCompacted = 0;
  }

  clear(): void {
    ftruncateSync(this.descriptor, 0);
  }

  close(): void {
    closeSync(this.descriptor);
  }
}
