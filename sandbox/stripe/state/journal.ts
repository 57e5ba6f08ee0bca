import { closeSync, ftruncateSync, mkdirSync, openSync, renameSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { readLines } from "./lines";

/** A journal is rewritten when it is long and mostly history. */
const LONG_BYTES = 64 << 20;
const HISTORY_TIMES = 3;
const BLOCK_CHARACTERS = 1 << 20;

/** One row's new state, or null when it is gone. */
export type Change = [table: string, id: string, row: unknown];

/**
 * An append-only file: one line per transaction, written before the answer goes out. A line is whole or it never was, so a
 * process killed at any moment comes back with exactly what it had answered.
 */
export class Journal {
  private descriptor: number;
  private bytesSinceCompacted = 0;
  private bytesOfState = 0;

  constructor(private readonly file: string) {
    mkdirSync(dirname(file), { recursive: true });
    this.descriptor = openSync(file, "a");
  }

  append(changes: Change[]): void {
    this.bytesSinceCompacted += writeSync(this.descriptor, `${JSON.stringify(changes)}\n`);
  }

  /** Mostly history: replaying it would be slow, and rewriting it costs little against what has been written since. */
  get isLong(): boolean {
    return this.bytesSinceCompacted > Math.max(LONG_BYTES, HISTORY_TIMES * this.bytesOfState);
  }

  /** Every complete transaction, oldest first. */
  *read(): Generator<Change[]> {
    for (const line of readLines(this.file)) yield JSON.parse(line) as Change[];
  }

  /** Replaces the history by the present state. The rename makes it one step: old file or new, never half. */
  compact(rows: Iterable<Change>): void {
    const fresh = `${this.file}.new`;
    const descriptor = openSync(fresh, "w");
    let block = "";
    this.bytesOfState = 0;
    for (const row of rows) {
      block += `${JSON.stringify([row])}\n`;
      if (block.length < BLOCK_CHARACTERS) continue;
      this.bytesOfState += writeSync(descriptor, block);
      block = "";
    }
    this.bytesOfState += writeSync(descriptor, block);
    closeSync(descriptor);
    closeSync(this.descriptor);
    renameSync(fresh, this.file);
    this.descriptor = openSync(this.file, "a");
    this.bytesSinceCompacted = 0;
  }

  clear(): void {
    ftruncateSync(this.descriptor, 0);
    this.bytesSinceCompacted = 0;
    this.bytesOfState = 0;
  }

  close(): void {
    closeSync(this.descriptor);
  }
}
