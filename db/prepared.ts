import type postgres from "postgres";

/** A statement with more parameters is a list of some length or a batch: each length would be a statement of its own, kept for good. */
const MOST_PARAMETERS = 50;

type Unsafe = postgres.Sql["unsafe"];
type Begin = (...given: unknown[]) => Promise<unknown>;

/**
 * Makes a client prepare what Drizzle sends through `unsafe`, which postgres.js does not do by itself: without it every query with
 * parameters goes to the server twice, once to be described, and is planned anew. Transactions and savepoints of the client too.
 * Statements live as long as their connection; a pooler in between must keep sessions.
 */
export function prepared<T extends postgres.Sql>(client: T): T {
  const { unsafe } = client;
  const preparing = (text: string, values?: Parameters<Unsafe>[1], options?: postgres.UnsafeQueryOptions) =>
    unsafe(text, values, {
      ...options,
      // Drizzle says no for whatever it has no name for.
      prepare: values !== undefined && values.length > 0 && values.length <= MOST_PARAMETERS,
    });
  Object.assign(client, { unsafe: preparing });
  for (const name of ["begin", "savepoint"] as const) {
    const start = (client as Partial<Record<typeof name, Begin>>)[name];
    if (!start) continue;
    const inside: Begin = (...given) => {
      const work = given.at(-1) as (inner: postgres.Sql) => unknown;
      return start(...given.slice(0, -1), (inner: postgres.Sql) => work(prepared(inner)));
    };
    Object.assign(client, { [name]: inside });
  }
  return client;
}
