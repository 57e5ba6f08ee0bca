import type postgres from "postgres";
import type { EventPayload } from "../wire/types";

/** One transaction on the executor's state. */
export interface Tx {
  sql: postgres.TransactionSql;
  /** An internal event (a run finished, a function was invoked) that is dispatched in the same transaction. */
  emit(event: EventPayload): void;
  /** Runs once the transaction is committed; the place to touch what is kept in memory. */
  afterCommit(effect: () => void): void;
}

interface Job {
  attempt(tx: Tx): Promise<void>;
  succeeded(): void;
  failed(error: unknown): void;
}

const LARGEST_BATCH = 64;
const RECONNECT_MS = 250;

/**
 * The only door to the executor's state. Transitions run one after the other, so they need no locks among themselves;
 * whatever has piled up shares one commit. While the database is away they wait for it.
 */
export class Writer {
  #jobs: Job[] = [];
  #draining = false;
  #closed = false;

  /**
   * @param settle dispatches emitted events, before the commit
   * @param recover called after a lost connection: a commit may have happened without our knowing
   */
  constructor(
    private readonly sql: postgres.Sql,
    private readonly settle: (tx: Tx, events: EventPayload[]) => Promise<void>,
    private readonly recover: () => Promise<void>,
  ) {}

  get busy(): boolean {
    return this.#draining;
  }

  close(): void {
    this.#closed = true;
  }

  /** @returns what `work` returned, once it is committed. `work` may be run again and must only change rows. */
  run<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      let value: { of: T } | undefined;
      this.#jobs.push({
        attempt: async (tx) => {
          value = { of: await work(tx) };
        },
        succeeded: () => value && resolve(value.of),
        failed: reject,
      });
      void this.#drain();
    });
  }

  async #drain(): Promise<void> {
    if (this.#draining) return;
    this.#draining = true;
    while (this.#jobs.length) {
      const batch = this.#jobs.splice(0, LARGEST_BATCH);
      const error = await this.#commit(batch);
      if (error === null) continue;
      if (batch.length === 1) batch[0]?.failed(error.cause);
      else for (const job of batch) await this.#commit([job]).then((alone) => alone && job.failed(alone.cause));
    }
    this.#draining = false;
  }

  async #commit(batch: Job[]): Promise<{ cause: unknown } | null> {
    for (;;) {
      if (this.#closed) return { cause: new Error("the executor is closed") };
      const effects: (() => void)[] = [];
      try {
        await this.sql.begin(async (sql) => {
          for (const job of batch) {
            const events: EventPayload[] = [];
            const tx: Tx = { sql, emit: (event) => events.push(event), afterCommit: (effect) => effects.push(effect) };
            await job.attempt(tx);
            while (events.length) await this.settle(tx, events.splice(0));
          }
        });
      } catch (cause) {
        if (!isConnectionLoss(cause)) return { cause };
        await new Promise((resolve) => setTimeout(resolve, RECONNECT_MS));
        await this.recover().catch(() => undefined);
        continue;
      }
      for (const effect of effects) effect();
      for (const job of batch) job.succeeded();
      return null;
    }
  }
}

/** postgres.js' own codes, the sockets', and the server's "shutting down" and "starting up". */
const LOST = /^(CONNECT|ECONN|EPIPE|ENOENT|ENOTFOUND|57P0[123]|08)/;

export function isConnectionLoss(error: unknown): boolean {
  return error instanceof Error && "code" in error && LOST.test(String(error.code));
}
