import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { behaviourTable } from "../control/behaviours/all";
import { listTriggers } from "./command";
import { findCli } from "./find-cli";
import { CLI_VERSION, whyOutside } from "./scope";
import { triggerTable, writeBetween } from "./table";
import { type TriggerResult, tryTrigger } from "./try-trigger";

// The official Stripe CLI as a peer: `npm run test:stripe-cli [-- --write] [-- part of a name]`.
const AT_ONCE = 2;
const README = join(import.meta.dirname, "../README.md");
const words = process.argv.slice(2).filter((word) => !word.startsWith("--"));
const write = process.argv.includes("--write");
const resultsFile = process.argv.find((word) => word.startsWith("--results="))?.slice("--results=".length);

function finish(passed: number, failed: number): void {
  if (resultsFile) writeFileSync(resultsFile, JSON.stringify({ passed, failed }));
  console.log(`\n${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}

async function runAll(cli: string, triggers: string[], home: string): Promise<TriggerResult[]> {
  const waiting = [...triggers];
  const results: TriggerResult[] = [];
  const worker = async () => {
    for (let trigger = waiting.shift(); trigger; trigger = waiting.shift()) {
      const result = await tryTrigger(cli, trigger, home);
      results.push(result);
      console.log(`${result.objection ? "FAIL" : "ok  "} ${trigger}${result.objection ? `: ${result.objection}` : ""}`);
      if (result.objection) console.log(result.output.trim().replace(/^/gm, "       "));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return results.sort((a, b) => triggers.indexOf(a.trigger) - triggers.indexOf(b.trigger));
}

const cli = await findCli();
if ("missing" in cli) {
  console.log(
    `The official CLI (@stripe/cli ${CLI_VERSION}) could not be had, so its triggers were not run: ${cli.missing}`,
  );
  finish(0, 0);
} else {
  const home = mkdtempSync(join(tmpdir(), "stripe-cli-"));
  try {
    const all = await listTriggers(cli.path, home);
    const asked = all.filter((trigger) => !whyOutside(trigger));
    const chosen = words.length > 0 ? asked.filter((trigger) => words.some((word) => trigger.includes(word))) : asked;
    const results = await runAll(cli.path, chosen, home);
    const failed = results.filter((result) => result.objection !== null).length;
    if (write && words.length === 0) {
      writeBetween(README, "cli-triggers", triggerTable(all, results));
      writeBetween(README, "behaviours", behaviourTable());
    }
    finish(results.length - failed, failed);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}
