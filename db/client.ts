import { sql } from "drizzle-orm";
import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import type { TenantScope } from "@/lib/auth/scope";
import { env } from "@/lib/env";
import * as schema from "./schema";

export type Db = PostgresJsDatabase<typeof schema>;
export type Tx = Parameters<Parameters<Db["transaction"]>[0]>[0];
/** What queries take: the pool or a transaction. */
export type Reader = Db | Tx;

type Pools = { system?: { sql: postgres.Sql; db: Db }; tenant?: { sql: postgres.Sql; db: Db } };
// Next loads modules once per bundle; the pools are shared through globalThis so that the process has one of each.
const shared = globalThis as typeof globalThis & { evenkeelPools?: Pools };
shared.evenkeelPools ??= {};
const pools: Pools = shared.evenkeelPools;

// Drizzle takes over how this client writes and reads dates: raw queries through it pass and get ISO strings.
function open(role?: string) {
  const sql = postgres(env().DATABASE_URL, {
    max: env().DATABASE_POOL,
    idle_timeout: 60,
    connect_timeout: 10,
    onnotice: () => {},
    connection: { application_name: "evenkeel", ...(role ? { role } : {}) },
  });
  return { sql, db: drizzle(sql, { schema }) };
}

function system() {
  pools.system ??= open();
  return pools.system;
}

function tenant() {
  pools.tenant ??= open("evenkeel_tenant");
  return pools.tenant;
}

/** The pool of jobs, webhooks, sign-in and operators: sees every tenant. A query through it names the tenant itself. */
export const systemDb = (): Db => system().db;
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

/** The tenant role's pool without a scope: shows that nothing is visible through it. For tests. */
export const tenantSqlWithoutScope = (): postgres.Sql => tenant().sql;

/** Closes the pools; for tests and scripts. */
export async function closePools(): Promise<void> {
  await Promise.all([pools.system?.sql.end({ timeout: 5 }), pools.tenant?.sql.end({ timeout: 5 })]);
  pools.system = undefined;
  pools.tenant = undefined;
}
