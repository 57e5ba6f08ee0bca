import { now } from "@/lib/clock";
import type { Tx } from "./writer";

/**
 * Claims keys that hold for 24 hours (the server's window for event ids and idempotency keys).
 * @returns those that were free; of equal keys in one call, one
 */
export async function claimOnce(tx: Tx, keys: string[]): Promise<Set<string>> {
  if (keys.length === 0) return new Set();
  const rows = await tx.sql<{ key: string }[]>`
    insert into once (key, at) select key, ${now()} from unnest(${[...new Set(keys)]}::text[]) as key
    on conflict (key) do update set at = excluded.at where once.at <= excluded.at - interval '24 hours'
    returning key`;
  return new Set(rows.map((row) => row.key));
}

/**
 * Takes a place of a rate: `limit` at once, and one more each time a `limit`th of the period has passed.
 * @returns false when there is none
 */
export async function takeRate(tx: Tx, key: string, rate: { limit: number; periodMs: number }): Promise<boolean> {
  const nowMs = now().getTime();
  const spacing = rate.periodMs / rate.limit;
  const full = new Date(nowMs + rate.periodMs - spacing);
  const taken = await tx.sql`
    insert into throttles (key, next_at) values (${key}, ${new Date(nowMs + spacing)})
    on conflict (key) do update set next_at = greatest(throttles.next_at, ${now()}) + ${`${spacing} milliseconds`}::interval
    where throttles.next_at <= ${full} returning key`;
  return taken.length > 0;
}

/**
 * Takes the next free place of a throttle: `limit` starts per period, evenly spaced, `burst` of them at once.
 * @returns when the run may start, milliseconds on the product's clock
 */
export async function takeThrottle(
  tx: Tx,
  key: string,
  throttle: { limit: number; periodMs: number; burst: number },
): Promise<number> {
  const nowMs = now().getTime();
  const spacing = throttle.periodMs / throttle.limit;
  const [row] = await tx.sql<{ nextAt: Date }[]>`select next_at as "nextAt" from throttles where key = ${key}`;
  const free = Math.max(nowMs, row?.nextAt.getTime() ?? 0);
  await tx.sql`
    insert into throttles (key, next_at) values (${key}, ${new Date(free + spacing)})
    on conflict (key) do update set next_at = excluded.next_at`;
  return Math.max(nowMs, Math.ceil(free - (throttle.burst - 1) * spacing));
}
