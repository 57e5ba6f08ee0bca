import path from "node:path";
import { parseArgs } from "node:util";

const STRIPE_WISHES = ["auto", "real", "stand-in"] as const;
/** `auto`: Stripe itself when STRIPE_SECRET_KEY is set. */
export type StripeWish = (typeof STRIPE_WISHES)[number];

export interface DemoOptions {
  /** The port asked for; null: the one used last time in this folder, else 3010. */
  port: number | null;
  host: string;
  dataDir: string;
  reset: boolean;
  /** Hot reload instead of a production build. */
  dev: boolean;
  seed: boolean;
  stripe: StripeWish;
}

export const usage = `npm run demo -- [--port N] [--data DIR] [--reset] [--no-seed] [--host NAME] [--stripe real|stand-in] [--dev]
  --port N      port of the app (3010); a busy one moves to the next free one
  --data DIR    where everything is kept (.evenkeel; with Stripe itself .evenkeel-stripe)
  --reset       start anew: forget everything kept there
  --no-seed     no named characters, an empty database
  --host NAME   address the app listens on (localhost)
  --stripe real Stripe's own test mode instead of the stand-in; also when STRIPE_SECRET_KEY is set (docs/stripe-test-mode.md)
  --dev         hot reload instead of a production build (npm run dev)`;

/** @throws Error with the usage when a flag is wrong */
export function readOptions(args: string[], env: Record<string, string | undefined> = {}): DemoOptions {
  const { values } = parseArgs({
    args,
    allowNegative: true,
    options: {
      port: { type: "string" },
      host: { type: "string", default: "localhost" },
      data: { type: "string" },
      stripe: { type: "string", default: "auto" },
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
  const stripe = STRIPE_WISHES.find((wish) => wish === values.stripe);
  if (!stripe) throw new Error(`--stripe must be real or stand-in, not ${values.stripe}`);
  // What one of them knows of customers and cards means nothing to the other.
  const isReal = stripe === "real" || (stripe === "auto" && Boolean(env.STRIPE_SECRET_KEY));
  const dataDir = path.resolve(values.data ?? (isReal ? ".evenkeel-stripe" : ".evenkeel"));
  return { port, host, dataDir, reset, dev, seed, stripe };
}
