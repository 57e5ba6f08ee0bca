import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { ensureBuild } from "../sandbox/demo/build";
import { ensureBrowser } from "./find-browser";
import { bundleCount } from "./test/bundle";
import { contractCount } from "./test/contract";
import { type Count, cliCount, playwrightCount, simulatedCount, vitestCount } from "./test/counts";
import { run } from "./test/run";

// Everything there is to check, as a fresh clone needs it. The last line is the sum.
const folder = mkdtempSync(path.join(tmpdir(), "evenkeel-results-"));
const vitestFile = path.join(folder, "vitest.json");
const playwrightFile = path.join(folder, "playwright.json");
const cliFile = path.join(folder, "stripe-cli.json");
const simulatedFile = path.join(folder, "simulated.json");
const contractFile = path.join(folder, "contract.jsonl");
const read = (file: string): unknown => JSON.parse(readFileSync(file, "utf8"));

async function check(title: string, command: string[]): Promise<Count> {
  const passed = (await run(title, command)) === 0;
  return { passed: passed ? 1 : 0, failed: passed ? 0 : 1 };
}

async function tests(title: string, command: string[], count: () => Count): Promise<Count> {
  const code = await run(title, command, { PLAYWRIGHT_JSON_OUTPUT_NAME: playwrightFile });
  try {
    const counted = count();
    return code !== 0 && counted.failed === 0 ? { ...counted, failed: 1 } : counted;
  } catch {
    return { passed: 0, failed: 1 };
  }
}

const vitest = [
  "vitest",
  "run",
  "--allowOnly=false",
  "--reporter=default",
  "--reporter=json",
  `--outputFile.json=${vitestFile}`,
];

async function others(): Promise<Count[]> {
  return [
    await check("Format and lint", ["biome", "check", "."]),
    await check("Structure and import law", ["tsx", "scripts/check-structure.ts"]),
    await tests(
      "The official Stripe CLI against the stand-in",
      ["tsx", "sandbox/stripe/cli/main.ts", `--results=${cliFile}`],
      () => cliCount(read(cliFile)),
    ),
  ];
}

// The compiler keeps one processor busy, and has long read the route's types when the build writes them anew.
await run("Types of the routes", ["next", "typegen"]);
const other = others();
// The app is built beside the tests; what is wrong with it is told by the demo that needs it.
const built = other.then(() => ensureBuild(console.log, new AbortController().signal)).catch(() => undefined);
const types = check("Types", ["tsc", "--noEmit"]);
const results: Count[] = [
  ...(await other),
  await tests("Unit, property, database and stand-in tests", vitest, () => vitestCount(read(vitestFile))),
];
results.push(await types);
results.push(
  await tests(
    "The simulator: fixed seeds and new ones",
    ["tsx", "sandbox/simulator/main.ts", "--ci", `--results=${simulatedFile}`],
    () => simulatedCount(read(simulatedFile)),
  ),
);
await built;
process.env.CHROMIUM_PATH = ensureBrowser();
process.env.EVENKEEL_CONTRACT_REPORT = contractFile;
results.push(
  await tests("End to end", ["playwright", "test", "--reporter=list,json"], () =>
    playwrightCount(read(playwrightFile)),
  ),
);
// Stripe itself needs no check against its types; a stand-in that was started does.
if (!process.env.STRIPE_SECRET_KEY) results.push(contractCount(contractFile));
results.push(bundleCount(path.resolve(import.meta.dirname, "..")));
rmSync(folder, { recursive: true, force: true });

const sum = (pick: (count: Count) => number) => results.reduce((total, count) => total + pick(count), 0);
const failed = sum((count) => count.failed);
console.log(`\n${sum((count) => count.passed)} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
