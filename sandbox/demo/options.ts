import path from "node:path";
import { parseArgs } from "node:util";

export interface DemoOptions {
  /** The port asked for; null: the one used last time in this folder, else 3010. */
  port: number | null;
  host: string;
  dataDir: string;
  reset: boolean;
  /** Hot reload instead of a production build. */
  dev: boolean;
  seed: boolean;
}

export const usage = `npm run demo -- [--port N] [--data DIR] [--reset] [--no-seed] [--host NAME] [--dev]
  --port N      port of the app (3010); a busy one moves to the next free one
  --data DIR    where everything is kept (.evenkeel)
  --reset       start anew: forget everything kept there
  --no-seed     no named characters, an empty database
  --host NAME   address the app listens on (localhost)
  --dev         hot reload instead of a production build (npm run dev)`;

/** @throws Error with the usage when a flag is wrong */
export function readOptions(args: string[]): DemoOptions {
  const { values } = parseArgs({
    args,
    allowNegative: true,
    options: {
      port: { type: "string" },
      host: { type: "string", default: "localhost" },
      data: { type: "string", default: ".evenkeel" },
      reset: { type: "boolean", default: false },
      dev: { type: "boolean", default: false },
      seed: { type: "boolean", default: true },
    },
  });
  const port = values.port === undefined ? null : Number(values.port);
  if (port !== null && !(Number.isInteger(port) && port > 0 && port < 65_536)) {
    throw new Error(`--port must be a number from 1 to 65535, not ${values.port}`);
  }
  const { host, reset, dev, seed } = values;
  return { port, host, dataDir: path.resolve(values.data), reset, dev, seed };
}
