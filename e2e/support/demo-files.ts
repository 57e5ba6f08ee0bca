import { readFileSync } from "node:fs";
import path from "node:path";
import { usesStripeItself } from "./demo";

/** The folder of the demo that the tests run against: what a demo keeps lies beside its demo.json. */
export function demoFile(name: string): string {
  const file = process.env.EVENKEEL_DEMO_FILE;
  if (!file) throw new Error("EVENKEEL_DEMO_FILE is set by e2e/support/start-demo.ts");
  return path.join(path.dirname(file), name);
}

/** Where the demo keeps how far its clock was moved. */
export const clockFile = (): string => demoFile("clock");

/** The key of the app: to look at Stripe's side without the app in between. The stand-in's is made at the demo's first start. */
export function stripeSecretKey(): string {
  if (usesStripeItself()) return process.env.STRIPE_SECRET_KEY ?? "";
  const { stripeSecretKey } = JSON.parse(readFileSync(demoFile("secrets.json"), "utf8")) as { stripeSecretKey: string };
  return stripeSecretKey;
}
