import { readFileSync } from "node:fs";
import path from "node:path";

/** The folder of the demo that the tests run against: what a demo keeps lies beside its demo.json. */
export function demoFile(name: string): string {
  const file = process.env.EVENKEEL_DEMO_FILE;
  if (!file) throw new Error("EVENKEEL_DEMO_FILE is set by e2e/support/start-demo.ts");
  return path.join(path.dirname(file), name);
}

/** Where the demo keeps how far its clock was moved. */
export const clockFile = (): string => demoFile("clock");

/** The stand-in's own key, made at the demo's first start: to look at Stripe's side without the app in between. */
export function stripeSecretKey(): string {
  const { stripeSecretKey } = JSON.parse(readFileSync(demoFile("secrets.json"), "utf8")) as { stripeSecretKey: string };
  return stripeSecretKey;
}
