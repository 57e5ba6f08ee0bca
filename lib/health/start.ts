import { EnvError, env, isSandbox } from "@/lib/env";
import { log } from "@/lib/log";

/** Checks the configuration and logs the start; ends the process when a setting is wrong. */
export function checkAtStart(): void {
  try {
    const { BILLING_URL, NODE_ENV } = env();
    log().info({ url: BILLING_URL, mode: NODE_ENV, sandbox: isSandbox(), node: process.version }, "started");
  } catch (error) {
    if (!(error instanceof EnvError)) throw error;
    console.error(error.message);
    process.exit(1);
  }
}
