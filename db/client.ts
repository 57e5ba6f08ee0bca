import { sql } from "drizzle-orm";
import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import type { TenantScope } from "@/lib/auth/scope";
import { env } from "@/lib/env";
import { prepared } from "./prepared";
import * as schema from "./schema";

export type Db = PostgresJsDatabase<typeof schema>;
export type Tx = Parameters<Parameters<Db["transaction"]>[0]>[0];
/** What queries take: the pool or a transaction. */
export type Reader = Db | Tx;

type Pool = { sql: postgres.Sql; db: Db };
type Pools = { system?: Pool; tenant?: Pool };
// Next loads modules once per bundle; the pools are shared through globalThis so that the process has one of each.
const shared = globalThis as typeof globalThis & { evenkeelPools?: Pools };
shared.evenkeelPools ??= {};
const pools: Pools = shared.evenkeelPools;

/** How long queries that were under way in a pool that is given up may still take. */
const LAST_QUERIES_SECONDS = 60;

/**
 * A pool that has lost a connection is replaced by a new one: postgres.js 3.4.9 never revives a connection that was cut off with
 * something left to write, and whoever is given it waits for a time-out (github.com/porsager/postgres/issues/1208). Hence no
 * connection is closed for being idle or old either: when one closes, it was lost.
 */
function giveUp(name: keyof Pools, pool: Pool): void {
  if (pools[name] !== pool) return;
  pools[name] = undefined;
  void pool.sql.end({ timeout: LAST_QUERIES_SECONDS }).catch(() => undefined);
}

// Drizzle takes over how this client writes and reads dates: raw queries through it pass and get ISO strings.
function open(name: keyof Pools, role?: string): Pool {
  const client = postgres(env().DATABASE_URL, {
    max: env().DATABASE_POOL,
    idle_timeout: 0,
    max_lifetime: null,
    connect_timeout: 10,
    onnotice: () => {},
    onclose: () => giveUp(name, pool),
    connection: { application_name: "evenkeel", ...(role ? { role } : {}) },
  });
  const sql = prepared(client);
  const pool: Pool = { sql, db: drizzle(sql, { schema }) };
  pools[name] = pool;
  return pool;
}

const system = (): Pool => pools.system ?? open("system");
const tenant = (): Pool => pools.tenant ?? open("tenant", "evenkeel_tenant");

/** The pool of jobs, webhooks, sign-in and operators: sees every tenant. A query through it names the tenant itself. */
export const systemDb = (): Db => system().db;

/**
 * A query of that pool, built once for each pool instead of with each call: Drizzle takes as long for it as the database for the answer.
 * @param build ends in `prepare`; what changes is a `sql.placeholder`
 */
export function preparedQuery<T>(build: (db: Db) => T): () => T {
  const built = new WeakMap<Db, T>();
  return () => {
    const db = systemDb();
    const query = built.get(db) ?? build(db);
    built.set(db, query);
    return query;
  };
}

/** The same pool without Drizzle, for hot paths and functions. */
export const systemSql = (): postgres.Sql => system().sql;

/**
 * Runs `work` in one transaction of the database role `evenkeel_tenant`, which sees only the rows of `scope.tenantId`.
 * Rolls back when `work` throws.
 */
export function withTenant<T>(scope: TenantScope, work: (tx: Tx) => Promise<T>): Promise<T> {
  return tenant().db.transaction(async (tx) => {
    await tx.execute(sql`select set_config('app.tenant_id', ${scope.tenantId}, true)`);
    return work(tx);
  });
}

/** Closes the pools; for tests and scripts. */
export async function closePools(): Promise<void> {
  const { system: first, tenant: second } = pools;
  pools.system = undefined;
  pools.tenant = undefined;
  await Promise.all([first?.sql.end({ timeout: 5 }), second?.sql.end({ timeout: 5 })]);
}
