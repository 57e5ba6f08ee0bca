import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import * as schema from "@/db/schema";
import type { Disturbance } from "../faults";
import { currentTask, type Scheduler } from "../scheduler";
import { deferred, type Statement } from "./statement";

type Connection = { sql: postgres.Sql; pid: number; isFree: boolean };
type Query = { values(): PromiseLike<unknown> } & PromiseLike<unknown>;
type Unsafe = { unsafe(text: string, values?: never[], options?: { prepare: boolean }): Query };

/** Who goes to the database when the scheduler says so. */
export interface Database {
  scheduler: Scheduler;
  /** Hears of every statement of a task. */
  onStatement: ((text: string, values: readonly unknown[]) => Promise<void>) | null;
}

const CONNECTIONS = { system: 24, tenant: 8 };

function lost(when: string): Error {
  return Object.assign(new Error(`write CONNECTION_CLOSED (simulated, ${when})`), { code: "CONNECTION_CLOSED" });
}

/** The error is the server's own, so that the transaction is really aborted. */
const refusing = (code: string, message: string) =>
  `do $$ begin raise exception using errcode = '${code}', message = '${message}'; end $$`;
const unserializable = refusing("40001", "could not serialize access (simulated)");

const LOCK_NOT_AVAILABLE = "55P03";
const PATIENCE = "5ms";

type Send = (sql: postgres.Sql) => PromiseLike<unknown>;

/** Sends a statement that gives up when it has to wait for a lock; within a transaction, the rest of it stays. */
async function impatiently(connection: Connection, send: Send, within: Transaction | null): Promise<unknown> {
  if (within)
    return (within.sql as unknown as postgres.TransactionSql).savepoint(async (sql) => {
      await sql.unsafe(`set local lock_timeout = '${PATIENCE}'`);
      const result = await send(sql as unknown as postgres.Sql);
      await sql.unsafe("set local lock_timeout = 0");
      return result;
    });
  await connection.sql.unsafe(`set lock_timeout = '${PATIENCE}'`);
  try {
    return await send(connection.sql);
  } finally {
    await connection.sql.unsafe("set lock_timeout = 0");
  }
}

async function connect(url: string, role?: string): Promise<Connection> {
  const sql = postgres(url, {
    max: 1,
    idle_timeout: 0,
    max_lifetime: null,
    onnotice: () => {},
    connection: { application_name: "evenkeel-simulator", ...(role ? { role } : {}) },
  });
  // As in db/client: Drizzle takes over how the client writes and reads dates.
  drizzle(sql, { schema });
  const [row] = await sql<{ pid: number }[]>`select pg_backend_pid() as pid`;
  if (!row) throw new Error("no backend");
  return { sql, pid: row.pid, isFree: true };
}

/** A pool of connections like the one of db/client, but every statement and every commit waits for its turn. */
class Pool {
  constructor(
    private readonly connections: readonly Connection[],
    private readonly database: Database,
  ) {}

  #take(): Connection {
    const connection = this.connections.find(({ isFree }) => isFree);
    if (!connection) throw new Error("the simulator has no connection left");
    connection.isFree = false;
    return connection;
  }

  async #perform(connection: Connection, work: () => PromiseLike<unknown>, impatient = false): Promise<unknown> {
    const { running } = this.database.scheduler;
    const operation = running.begin(currentTask(), connection.pid, impatient);
    let waited = false;
    try {
      return await work();
    } finally {
      waited = running.end(operation);
      if (waited) await this.database.scheduler.turn({ kind: "resume", text: "has the lock" });
    }
  }

  /** Sends a statement; where somebody waits for a lock already, it is refused at once what it cannot have, and tries again later. */
  async #send(connection: Connection, send: Send, within: Transaction | null): Promise<unknown> {
    const { scheduler } = this.database;
    for (;;) {
      if (!scheduler.running.somebodyWaits || !currentTask())
        return this.#perform(connection, () => send(within?.sql ?? connection.sql));
      try {
        return await this.#perform(connection, () => impatiently(connection, send, within), true);
      } catch (error) {
        if ((error as { code?: string }).code !== LOCK_NOT_AVAILABLE) throw error;
      }
      if ((await scheduler.turnAfterEnding("a lock that another has")) === "deadlock") {
        await (within?.sql ?? connection.sql).unsafe(refusing("40P01", "deadlock detected (simulated)"));
      }
    }
  }

  /** One statement, in a transaction of its own unless it is given one. */
  async #statement(text: string, send: Send, within: Transaction | null): Promise<unknown> {
    const what = await this.database.scheduler.turn({ kind: "database", text: brief(text) });
    if (what === "lost_before" && within) within.isLost = true;
    if (what === "lost_before" || within?.isLost) throw lost("before");
    const connection = within?.connection ?? this.#take();
    const sql = within?.sql ?? connection.sql;
    try {
      if (what === "serialization") await this.#perform(connection, () => sql.unsafe(unserializable));
      const result = await this.#send(connection, send, within);
      if (what !== "lost_after") return result;
      if (within) within.isLost = true;
      throw lost("after");
    } finally {
      if (!within) {
        connection.isFree = true;
        this.database.scheduler.running.endings++;
      }
    }
  }

  statement(
    text: string,
    values: readonly unknown[],
    send: (sql: postgres.Sql, asRows: boolean) => PromiseLike<unknown>,
    within: Transaction | null = null,
  ): Statement {
    return deferred(async (asRows) => {
      const perform = async () => {
        if (currentTask()) await this.database.onStatement?.(text, values);
        return this.#statement(text, (sql) => send(sql, asRows), within);
      };
      return within ? inTurn(within, perform) : perform();
    });
  }

  unsafe(text: string, values: unknown[] = [], within: Transaction | null = null): Statement {
    const send = (sql: postgres.Sql, asRows: boolean) => {
      const query = (sql as unknown as Unsafe).unsafe(text, values as never[], { prepare: values.length > 0 });
      return asRows ? query.values() : query;
    };
    return this.statement(text, values, send, within);
  }

  async begin(work: (sql: postgres.Sql) => unknown): Promise<unknown> {
    const { scheduler } = this.database;
    const task = currentTask();
    const atStart = await scheduler.turn({ kind: "begin", text: "begin" });
    if (atStart === "lost_before" || atStart === "lost_after") throw lost("at begin");
    const connection = this.#take();
    let die = () => {};
    const death = new Promise<never>((_, reject) => {
      die = () => reject(new Error("the process was killed"));
    });
    death.catch(() => {});
    task?.onKill.add(die);
    const ending = { end: () => {} };
    let atCommit: Disturbance | null = null;
    try {
      const result = await connection.sql.begin(async (inner) => {
        const ends = () => {
          const operation = scheduler.running.begin(task, connection.pid);
          ending.end = () => void scheduler.running.end(operation);
        };
        const within: Transaction = {
          connection,
          sql: inner as unknown as postgres.Sql,
          isLost: false,
          last: Promise.resolve(),
        };
        try {
          const value = await Promise.race([work(this.#inside(within)), death]);
          atCommit = await Promise.race([scheduler.turn({ kind: "commit", text: "commit" }), death]);
          if (atCommit === "lost_before" || within.isLost) throw lost("before the commit");
          if (atCommit === "serialization") await this.#perform(connection, () => inner.unsafe(unserializable));
          return value;
        } catch (error) {
          // What was sent behind the statement that failed has no transaction any more.
          within.isLost = true;
          throw error;
        } finally {
          ends();
        }
      });
      if (atCommit === "lost_after") throw lost("after the commit");
      return result;
    } finally {
      ending.end();
      connection.isFree = true;
      scheduler.running.endings++;
      task?.onKill.delete(die);
      if (task?.outcome?.kind === "killed") await new Promise(() => {});
    }
  }

  #inside(within: Transaction): postgres.Sql {
    const options = within.connection.sql.options;
    const inside = {
      options,
      unsafe: (text: string, values?: unknown[]) => this.unsafe(text, values, within),
      savepoint: (work: (sql: postgres.Sql) => unknown) =>
        (within.sql as unknown as postgres.TransactionSql).savepoint((sql) =>
          work(this.#inside({ ...within, sql: sql as unknown as postgres.Sql })),
        ),
    };
    return inside as unknown as postgres.Sql;
  }

  /** What stands in the place of postgres.js's pool. */
  asSql(): postgres.Sql {
    const tagged = (strings: TemplateStringsArray, ...values: unknown[]) =>
      this.statement(strings.join("?"), values, (sql) => sql(strings, ...(values as never[])));
    const [first] = this.connections;
    return Object.assign(tagged, {
      options: first?.sql.options,
      unsafe: (text: string, values?: unknown[]) => this.unsafe(text, values),
      begin: (...given: unknown[]) => this.begin(given.at(-1) as (sql: postgres.Sql) => unknown),
      end: async () => {},
    }) as unknown as postgres.Sql;
  }
}

/** `last` settles with the statement that was sent last. */
type Transaction = { connection: Connection; sql: postgres.Sql; isLost: boolean; last: Promise<unknown> };

/** `select … from "recharge_rules"`, short enough for a line of the trace. */
function brief(text: string): string {
  const words = text.replace(/\s+/g, " ").trim();
  const verb = words.split(" ")[0];
  const table = /(?:from|into|update|join) (?:"public"\.)?"?([a-z_]+)"?/i.exec(words)?.[1];
  const lock = / for update/i.test(words) ? " for update" : "";
  return table ? `${verb} ${table}${lock}` : words.slice(0, 60);
}

/** A connection does one statement after the other, in the order in which they were sent. */
function inTurn<T>(within: Transaction, perform: () => Promise<T>): Promise<T> {
  const mine = within.last.then(perform);
  within.last = mine.catch(() => {});
  return mine;
}

/** Puts the simulated pools in the place of those of `db/client`. @returns closes them */
export async function installDatabase(url: string, database: Database): Promise<() => Promise<void>> {
  const open = (count: number, role?: string) => Promise.all(Array.from({ length: count }, () => connect(url, role)));
  const system = await open(CONNECTIONS.system);
  const tenant = await open(CONNECTIONS.tenant, "evenkeel_tenant");
  const pool = (connections: Connection[]) => {
    const sql = new Pool(connections, database).asSql();
    return { sql, db: drizzle(sql, { schema }) };
  };
  const shared = globalThis as { evenkeelPools?: object };
  shared.evenkeelPools ??= {};
  Object.assign(shared.evenkeelPools, { system: pool(system), tenant: pool(tenant) });
  return async () => {
    await Promise.all([...system, ...tenant].map(({ sql }) => sql.end({ timeout: 5 })));
  };
}
