import { parseArgs } from "node:util";

/**
 * The flags of a sandbox process, `--name value`.
 * @throws when one of `required` is missing or an unknown flag is given
 */
export function readFlags<R extends string, O extends string = never>(
  required: readonly R[],
  optional: readonly O[] = [],
): Record<R, string> & Partial<Record<O, string>> {
  const options = Object.fromEntries([...required, ...optional].map((name) => [name, { type: "string" as const }]));
  const { values } = parseArgs({ options, strict: true });
  const missing = required.filter((name) => values[name] === undefined);
  if (missing.length > 0) throw new Error(`missing ${missing.map((name) => `--${name}`).join(", ")}`);
  return values as Record<R, string> & Partial<Record<O, string>>;
}

/** Ends the process in order when it is asked to, once. */
export function onStopSignal(stop: () => Promise<unknown>): void {
  let stopping = false;
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      void stop().finally(() => process.exit(0));
    });
  }
}
