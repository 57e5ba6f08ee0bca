import type postgres from "postgres";

/** What every line has: a PostgreSQL of its own with default settings, migrated. */
export type World = {
  url: string;
  /** The owner's connection. */
  sql: postgres.Sql;
  /** How long one run of a rate takes. */
  seconds: number;
  /** How often each side is run, in turn. */
  rounds: number;
};

/** Two sides of a comparison, run in turn; or what the goal names, where it is no comparison. */
export type Measured =
  | { ours: number[]; theirs: number[]; unit: string; note?: string }
  | { values: number[]; unit: string; note?: string }
  | { left: string };

/** A line of the table. `least` and `most` are about the ratio of ours to theirs, or about the value itself. */
export type Line = {
  name: string;
  title: string;
  goal: { least?: number; most?: number };
  measure(world: World): Promise<Measured>;
};

export const median = (values: number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length % 2
    ? (sorted[Math.floor(middle)] ?? 0)
    : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
};

/** Runs two sides in turn, so that what else the machine does falls on both, after one run each that does not count. */
export async function inTurn(
  rounds: number,
  ours: () => Promise<number>,
  theirs: () => Promise<number>,
): Promise<{ ours: number[]; theirs: number[] }> {
  await theirs();
  await ours();
  const runs = { ours: [] as number[], theirs: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    runs.theirs.push(await theirs());
    runs.ours.push(await ours());
  }
  return runs;
}

/** How often a second `work` gets done by so many callers at once. @param each how many one call counts for */
export async function rate(callers: number, seconds: number, work: () => Promise<unknown>, each = 1): Promise<number> {
  const startedAt = performance.now();
  const until = startedAt + seconds * 1_000;
  let done = 0;
  await Promise.all(
    Array.from({ length: callers }, async () => {
      while (performance.now() < until) {
        await work();
        done += each;
      }
    }),
  );
  return done / ((performance.now() - startedAt) / 1_000);
}
