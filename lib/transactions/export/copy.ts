import type { Readable } from "node:stream";
import type { SQL } from "drizzle-orm";
import { PgDialect } from "drizzle-orm/pg-core";
import pg from "pg";
import { to as copyTo } from "pg-copy-streams";
import type { TenantScope } from "@/lib/auth/scope";
import { env } from "@/lib/env";

/** COPY takes no parameters: they are written into the statement, quoted by the client. */
function inlined(query: SQL, client: pg.Client): string {
  const { sql: text, params } = new PgDialect().sqlToQuery(query);
  return text.replace(/\$(\d+)/g, (_, n: string) => {
    const value = params[Number(n) - 1];
    if (value === null || value === undefined) return "null";
    return client.escapeLiteral(value instanceof Date ? value.toISOString() : String(value));
  });
}

/** The rows of a query read before those that are streamed, and of the same moment. */
export type CopyAfter<Row> = { first: Row[]; rows: Readable };

/**
 * Streams the rows of a query as COPY writes them, on a connection of its own and with the rights of the tenant. Reads as fast as
 * it is read from: memory stays flat however many rows there are. The connection ends with the stream, also when the reader goes
 * away. `pg-copy-streams`, because the COPY of postgres.js hangs when its reader is slow.
 * @param format COPY's own options, e.g. `format csv, header`
 */
export async function copyOut(scope: TenantScope, query: SQL, format: string): Promise<Readable> {
  const { rows } = await copyOutAfter(scope, null, query, format);
  return rows;
}

/** As {@link copyOut}, with the rows of another query read first, in the same snapshot: both know the same transactions. */
export async function copyOutAfter<Row extends object>(
  scope: TenantScope,
  first: SQL | null,
  query: SQL,
  format: string,
): Promise<CopyAfter<Row>> {
  const client = new pg.Client({ connectionString: env().DATABASE_URL, application_name: "evenkeel export" });
  // A connection that breaks ends the stream with its error; here it must only not be unhandled.
  client.on("error", () => undefined);
  await client.connect();
  try {
    await client.query(
      "begin isolation level repeatable read read only; set local role evenkeel_tenant; set local time zone 'UTC'",
    );
    await client.query("select set_config('app.tenant_id', $1, true)", [scope.tenantId]);
    const known = first ? await client.query<Row>(inlined(first, client)) : { rows: [] };
    const rows = client.query(copyTo(`copy (${inlined(query, client)}) to stdout with (${format})`));
    // Whoever reads hears of errors by reading; after the reader has gone there is nobody to tell.
    rows.on("error", () => undefined);
    rows.once("close", () => void client.end().catch(() => undefined));
    return { first: known.rows, rows };
  } catch (error) {
    await client.end().catch(() => undefined);
    throw error;
  }
}
