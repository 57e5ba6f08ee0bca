import path from "node:path";
import { parseArgs } from "node:util";

export type SoakOptions = {
  minutes: number;
  instances: number;
  executors: number;
  seed: string;
  /** Things begun in a second, by all callers together. */
  rate: number;
  dataDir: string;
};

const NUMBERS = { minutes: 30, instances: 2, executors: 2, rate: 30 };

/** @throws Error in plain words when a flag is wrong */
export function readOptions(args: string[]): SoakOptions {
  const { values } = parseArgs({
    args,
    options: {
      minutes: { type: "string" },
      instances: { type: "string" },
      executors: { type: "string" },
      rate: { type: "string" },
      seed: { type: "string", default: "1" },
      data: { type: "string", default: ".evenkeel-soak" },
    },
  });
  const number = (name: keyof typeof NUMBERS): number => {
    const value = Number(values[name] ?? NUMBERS[name]);
    if (!(value > 0)) throw new Error(`--${name} must be a number above 0, not ${values[name]}`);
    return value;
  };
  const options = {
    minutes: number("minutes"),
    instances: Math.ceil(number("instances")),
    executors: Math.ceil(number("executors")),
    rate: number("rate"),
  };
  if (options.executors > options.instances)
    throw new Error("an instance reports to one executor: --executors must not be more than --instances");
  return { ...options, seed: values.seed, dataDir: path.resolve(values.data) };
}
