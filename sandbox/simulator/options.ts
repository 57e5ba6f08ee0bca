import { parseArgs } from "node:util";

/** What a simulation is asked for. */
export type Options = {
  seeds: string[];
  workers: number;
  bug: string | null;
  /** Every deliberate bug is looked for, one after the other. */
  hunt: boolean;
  keepGoing: boolean;
  /** So many of the runs are made twice, and must be the same. */
  twice: number;
  /** Where the counts are written, for the run of all tests. */
  results: string | null;
};

/** The seeds of every run of all tests; those that found something once stay among them. */
const FIXED = { from: 1, count: 100 };
const NEW = 20;

const seedsFrom = (first: number, count: number) => Array.from({ length: count }, (_, n) => String(first + n));

/** @throws Error with the usage when it is not understood */
export function readOptions(args: string[]): Options {
  const { values } = parseArgs({
    args,
    options: {
      seed: { type: "string" },
      runs: { type: "string", default: "1" },
      workers: { type: "string", default: "2" },
      bug: { type: "string" },
      hunt: { type: "boolean", default: false },
      ci: { type: "boolean", default: false },
      "keep-going": { type: "boolean", default: false },
      twice: { type: "string", default: "0" },
      results: { type: "string" },
    },
  });
  const made = Math.floor(Math.random() * 1e9);
  const [seed, runs, workers, twice] = [values.seed ?? made, values.runs, values.workers, values.twice].map(Number);
  if (![seed, runs, workers, twice].every((value) => Number.isSafeInteger(value) && (value ?? -1) >= 0))
    throw new Error(
      "npm run simulate -- [--seed NUMBER] [--runs NUMBER] [--workers NUMBER] [--twice NUMBER] [--bug NAME | --hunt] [--keep-going]",
    );
  const first = seed ?? made;
  const { from, count } = FIXED;
  return {
    seeds: values.ci ? [...seedsFrom(from, count), ...seedsFrom(made, NEW)] : seedsFrom(first, runs ?? 1),
    workers: workers ?? 2,
    bug: values.bug ?? null,
    hunt: values.hunt,
    keepGoing: values["keep-going"],
    twice: values.ci ? 6 : (twice ?? 0),
    results: values.results ?? null,
  };
}
