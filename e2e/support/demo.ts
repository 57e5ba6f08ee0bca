import { readFileSync } from "node:fs";

/** What `npm run demo` writes down for programs that look on from outside. */
export interface DemoInfo {
  url: string;
  stripe: { url: string; kind: "stand-in" | "stripe" };
  mail: { url: string };
  inngest: { url: string; kind: string };
  database: { url: string };
  users: { email: string; password: string; tenant: string | null; role: string }[];
  processes: { name: string; pid: number }[];
}

/** Whether the tests run against Stripe's own test mode (docs/stripe-test-mode.md). */
export const usesStripeItself = (): boolean => demo().stripe.kind === "stripe";

/** The demo that the tests run against, read anew each time: process ids change when a part is started again. */
export function demo(): DemoInfo {
  const file = process.env.EVENKEEL_DEMO_FILE;
  if (!file) throw new Error("EVENKEEL_DEMO_FILE is set by e2e/support/start-demo.ts");
  return JSON.parse(readFileSync(file, "utf8")) as DemoInfo;
}
