import type { Inspector } from "../http/inspector";
import { startStripe } from "../server";
import { runCli } from "./command";
import { signedEndpoint } from "./endpoint";
import { eventOf } from "./scope";

/** The CLI, a folder for its settings, and who looks at what it is answered. */
export interface Peer {
  cli: string;
  home: string;
  inspector: Inspector;
}

export interface TriggerResult {
  trigger: string;
  /** What is wrong; null when the trigger passed. */
  objection: string | null;
  /** What the CLI said, for whoever looks into a failure. */
  output: string;
}

/** Settlements that take the bank a moment are waited for, in real time. */
const PATIENCE_MS = 5_000;
const LOOK_EVERY_MS = 20;

async function isRecorded(url: string, secretKey: string, type: string): Promise<boolean> {
  const response = await fetch(`${url}/v1/events?type=${type}`, { headers: { authorization: `Bearer ${secretKey}` } });
  const { data } = (await response.json()) as { data: unknown[] };
  return data.length > 0;
}

async function eventually(check: () => boolean | Promise<boolean>): Promise<boolean> {
  for (let waitedMs = 0; waitedMs < PATIENCE_MS; waitedMs += LOOK_EVERY_MS) {
    if (await check()) return true;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
  return false;
}

/**
 * Runs one trigger against a stand-in of its own. It passes when the CLI is content, the event it is named after is recorded,
 * and that event reaches an endpoint with a signature that is right.
 */
export async function tryTrigger({ cli, home, inspector }: Peer, trigger: string): Promise<TriggerResult> {
  const endpoint = await signedEndpoint();
  const stripe = await startStripe({ webhookUrl: endpoint.url, webhookSecret: endpoint.secret, inspector });
  try {
    const args = ["trigger", trigger, "--api-base", stripe.url];
    const { code, output } = await runCli(cli, args, home, stripe.secretKey);
    const event = eventOf(trigger);
    const result = (objection: string | null): TriggerResult => ({ trigger, objection, output });
    if (code !== 0) return result(code === null ? "took too long" : `exit code ${code}`);
    if (!(await eventually(() => isRecorded(stripe.url, stripe.secretKey, event)))) return result("no such event");
    if (!(await eventually(() => endpoint.types.has(event)))) return result("not delivered with a right signature");
    return result(null);
  } finally {
    await stripe.close();
    await endpoint.close();
  }
}
