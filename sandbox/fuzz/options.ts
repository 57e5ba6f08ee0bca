import { parseArgs } from "node:util";

/** What a run of the fuzzer is asked for. */
export type Options = {
  seed: string;
  requests: number;
  /** Only this request of the seed is told in full; those before it are made all the same, for the ids that they teach. */
  only: number | null;
};

/** @throws Error with the usage when it is not understood */
export function readOptions(args: string[]): Options {
  const { values } = parseArgs({
    args,
    options: {
      seed: { type: "string" },
      requests: { type: "string", default: "10000" },
      only: { type: "string" },
    },
  });
  const requests = Number(values.requests);
  const only = values.only === undefined ? null : Number(values.only);
  if (![requests, only ?? 1].every((count) => Number.isSafeInteger(count) && count > 0))
    throw new Error("npm run fuzz -- [--seed TEXT] [--requests NUMBER] [--only NUMBER]");
  return { seed: values.seed ?? String(Math.floor(Math.random() * 1e9)), requests: only ?? requests, only };
}
