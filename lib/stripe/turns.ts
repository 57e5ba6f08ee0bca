import { sql } from "drizzle-orm";
import { systemDb } from "@/db/client";
import { stripeBudget } from "@/db/schema";
import { now } from "@/lib/clock";
import { env } from "@/lib/env";

/** `charges`: calls that create a payment intent. `sweep`: what the sweep hands out, so that it does not hand out more than can be charged. */
export type Budget = "charges" | "sweep";

/** Turns one after the other: when the first one is, on the product's clock, and the time between two, in milliseconds. */
export type Turns = { fromMs: number; everyMs: number };

/** What is left over is for calls that do not wait, and for the network, which brings calls closer together than they were made. */
const SHARE_USED = 0.93;
/** A time farther ahead was written while a clock was wrong. */
const LONGEST_QUEUE_MS = 15 * 60_000;
/** Stripe counts over a second: after that long it takes calls again. */
const PUSHED_BACK_MS = 1_000;

/** The time between two calls that keeps a limit, in milliseconds. */
export const everyMs = (perSecond: number): number => 1_000 / (perSecond * SHARE_USED);

/** How many turns of one budget there are in so long. */
export const turnsWithin = (spanMs: number, perSecond: number): number => Math.floor(spanMs / everyMs(perSecond));

/** When a turn is, on the product's clock, as milliseconds since 1970. @param index counts from 0 */
export const turnAt = (turns: Turns, index: number): number => Math.floor(turns.fromMs + index * turns.everyMs);

/**
 * Takes the next turns of a budget, whoever else takes some: one statement, whose row is the lock (GCRA without bursts). Turns that
 * are taken and not used are lost.
 */
export async function takeTurns(budget: Budget, count: number): Promise<Turns> {
  const at = now();
  const every = everyMs(env().STRIPE_WRITES_PER_SECOND);
  const nowSql = sql`${at.toISOString()}::timestamptz`;
  const span = sql`make_interval(secs => ${(count * every) / 1_000})`;
  const free = stripeBudget.freeAt;
  const longest = sql`make_interval(secs => ${LONGEST_QUEUE_MS / 1_000})`;
  const [row] = await systemDb()
    .insert(stripeBudget)
    .values({ budget, freeAt: sql`${nowSql} + ${span}` })
    .onConflictDoUpdate({
      target: stripeBudget.budget,
      set: {
        freeAt: sql`case when ${free} > ${nowSql} + ${longest} then ${nowSql} else greatest(${free}, ${nowSql}) end + ${span}`,
      },
    })
    .returning({ waitMs: sql<number>`(extract(epoch from ${free} - ${nowSql} - ${span}) * 1000)::float8` });
  return { fromMs: at.getTime() + Math.max(0, row?.waitMs ?? 0), everyMs: every };
}

/**
 * Takes one turn and waits for it.
 * @param options.isUrgent a person waits: takes a turn from the others, and does not wait for it
 * @param options.mostMs the longest wait, in milliseconds; a turn that is later is lost
 * @returns whether it is the turn now
 */
export async function waitForTurn(budget: Budget, options: { isUrgent: boolean; mostMs?: number }): Promise<boolean> {
  const { fromMs } = await takeTurns(budget, 1);
  const waitMs = fromMs - now().getTime();
  if (options.isUrgent || waitMs < 1) return true;
  if (waitMs > (options.mostMs ?? Number.POSITIVE_INFINITY)) return false;
  await new Promise((resolve) => setTimeout(resolve, waitMs));
  return true;
}

/** Stripe said that it was too much: nobody's turn is before it takes calls again. */
export async function pushBack(budget: Budget): Promise<void> {
  const until = new Date(now().getTime() + PUSHED_BACK_MS).toISOString();
  await systemDb()
    .insert(stripeBudget)
    .values({ budget, freeAt: sql`${until}::timestamptz` })
    .onConflictDoUpdate({
      target: stripeBudget.budget,
      set: { freeAt: sql`greatest(${stripeBudget.freeAt}, ${until}::timestamptz)` },
    });
}
