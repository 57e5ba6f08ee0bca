import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { behaviourTable } from "../control/behaviours/all";
import { findCli } from "./find-cli";
import { CLI_VERSION } from "./scope";
import { runSuite } from "./suite";
import { triggerTable, writeBetween } from "./table";
import type { TriggerResult } from "./try-trigger";

// The official Stripe CLI as a peer: `npm run test:stripe-cli [-- --write] [-- part of a name]`.
const README = join(import.meta.dirname, "../README.md");
const words = process.argv.slice(2).filter((word) => !word.startsWith("--"));
const write = process.argv.includes("--write");
const resultsFile = process.argv.find((word) => word.startsWith("--results="))?.slice("--results=".length);

function tell({ trigger, objection, output }: TriggerResult): void {
  console.log(objection === null ? `ok   ${trigger}` : `FAIL ${trigger}: ${objection}`);
  if (objection !== null) console.log(output.trim().replace(/^/gm, "       "));
}

function finish(passed: number, failed: number): void {
  if (resultsFile) writeFileSync(resultsFile, JSON.stringify({ passed, failed }));
  console.log(`\n${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}

async function runWith(cli: string): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), "stripe-cli-"));
  try {
    const { all, results, violations } = await runSuite(cli, home, words, tell);
    const failed = results.filter((result) => result.objection !== null).length;
    console.log(violations ?? "ok   every answer and every event is as the types of the stripe package have it");
    if (write && words.length === 0) {
      writeBetween(README, "cli-triggers", triggerTable(all, results));
      writeBetween(README, "behaviours", behaviourTable());
    }
    finish(results.length - failed + (violations ? 0 : 1), failed + (violations ? 1 : 0));
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

const cli = await findCli();
if ("path" in cli) await runWith(cli.path);
else {
  console.log(
    `The official CLI (@stripe/cli ${CLI_VERSION}) could not be had, so its triggers were not run: ${cli.missing}`,
  );
  finish(0, 0);
}
