import type postgres from "postgres";
import type { Task } from "./scheduler";

/** So long a statement may run before it is asked whether it waits for a lock. */
const ASK_AFTER_MS = 6;
const PATIENCE_MS = 20_000;

export type Operation = {
  task: Task | undefined;
  pid: number;
  /** It gives up by itself rather than wait. */
  impatient: boolean;
  blocked: boolean;
  over: boolean;
};

/**
 * The statements that are at the database right now. A statement either ends soon or waits for a lock that a waiting task holds;
 * which of both, only the server knows, and it is asked until that is certain: so the order of things never depends on how fast
 * the machine is.
 */
export class Running {
  #operations = new Set<Operation>();
  #wake: (() => void) | null = null;
  /** Transactions that have ended so far: whoever was refused a lock may try again after the next. */
  endings = 0;
  /** The connection that asks the server who waits for whom. */
  monitor: postgres.Sql | null = null;

  begin(task: Task | undefined, pid: number, impatient = false): Operation {
    const operation = { task, pid, impatient, blocked: false, over: false };
    this.#operations.add(operation);
    return operation;
  }

  /** @returns whether it had waited for a lock, so that others went on meanwhile */
  end(operation: Operation): boolean {
    operation.over = true;
    this.#operations.delete(operation);
    this.#wake?.();
    return operation.blocked;
  }

  /**
   * Somebody waits for a lock at the server. Who comes second must not wait there as well: which of two is served first, the
   * server's scheduler would decide, and not the seed.
   */
  get somebodyWaits(): boolean {
    return [...this.#operations].some(({ blocked }) => blocked);
  }

  isBlocked(task: Task): boolean {
    return [...this.#operations].some((operation) => operation.task === task && operation.blocked);
  }

  async #change(ms: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = realTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#wake = null;
  }

  /** Until every statement is over or certainly waits for somebody who waits for his turn. */
  async settled(): Promise<void> {
    const since = performance.now();
    while (this.#operations.size > 0) {
      if ([...this.#operations].some(({ blocked }) => !blocked)) await this.#change(ASK_AFTER_MS);
      if (this.#operations.size === 0) return;
      const asked = [...this.#operations];
      const waits = await this.#whoWaits(asked.map(({ pid }) => pid));
      const left = asked.filter((operation) => !operation.over);
      if (left.length === this.#operations.size && left.every((one) => !one.impatient && leadsOut(one.pid, waits))) {
        for (const operation of left) operation.blocked = true;
        return;
      }
      await this.#change(1);
      if (performance.now() - since > PATIENCE_MS) throw new Error("a statement does not end and waits for no lock");
    }
  }

  async #whoWaits(pids: number[]): Promise<Map<number, number[]>> {
    if (!this.monitor) throw new Error("nobody watches the database");
    const rows = await this.monitor<{ pid: number; by: number[] }[]>`
      select pid, pg_blocking_pids(pid) as by from unnest(${pids}::int[]) as asked (pid)`;
    return new Map(rows.filter(({ by }) => by.length > 0).map(({ pid, by }) => [pid, by]));
  }
}

/** Whether whoever is waited for in the end can still go on; in a circle nobody can, until the server breaks it. */
function leadsOut(pid: number, waits: ReadonlyMap<number, number[]>, seen: ReadonlySet<number> = new Set()): boolean {
  const by = waits.get(pid);
  if (!by || seen.has(pid)) return false;
  return by.every((other) => !waits.has(other) || leadsOut(other, waits, new Set([...seen, pid])));
}

/** The timer of the machine, whatever the simulation makes of `setTimeout`. */
export const realTimeout = globalThis.setTimeout;
