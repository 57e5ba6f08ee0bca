import { parseArgs } from "node:util";
import { generate } from "./story/generate";
import { shrink } from "./shrink";
import { tellFailure } from "./tell";
import { Workers } from "./workers";

const { values } = parseArgs({
  options: {
    seed: { type: "string", default: String(Math.floor(Math.random() * 1e9)) },
    runs: { type: "string", default: "1" },
    workers: { type: "string", default: "2" },
    bug: { type: "string" },
    "keep-going": { type: "boolean", default: false },
    trace: { type: "boolean", default: false },
  },
});
const first = Number(values.seed);
const runs = Number(values.runs);
if (!Number.isSafeInteger(first) || !Number.isSafeInteger(runs) || runs < 1) {
  console.error("npm run simulate -- --seed NUMBER --runs NUMBER [--workers NUMBER] [--bug NAME] [--keep-going]");
  process.exit(2);
}

const since = performance.now();
const workers = await Workers.start(Math.min(Number(values.workers), runs), values.bug ?? null);
const failed: string[] = [];
let done = 0;
let steps = 0;
let charges = 0;

async function one(seed: string): Promise<void> {
  const { result } = await workers.live({ seed });
  done++;
  steps += result.steps;
  charges += result.charges;
  if (values.trace) console.log(`seed ${seed}: ${result.digest} ${result.steps} steps`);
  if (result.violations.length === 0) return;
  failed.push(seed);
  const story = generate(seed);
  console.log(`seed ${seed} fails after ${done} runs: ${result.violations.join("; ")}`);
  if (values["keep-going"]) return;
  console.log("looking for a simpler story …");
  tellFailure(await shrink(story, result, async (simpler) => (await workers.live({ story: simpler })).result));
}

const seeds = Array.from({ length: runs }, (_, n) => String(first + n));
const goOn = () => failed.length === 0 || values["keep-going"];
try {
  await Promise.all(
    Array.from({ length: Number(values.workers) }, async () => {
      for (let seed = seeds.shift(); seed !== undefined && goOn(); seed = seeds.shift()) await one(seed);
    }),
  );
} finally {
  await workers.stop();
}
const seconds = Math.round((performance.now() - since) / 1_000);
console.log(
  `simulated: ${done} runs from seed ${first}, ${steps} steps, ${charges} payments in ${seconds} s; ${failed.length} failed${failed.length > 0 ? ` (${failed.join(", ")})` : ""}`,
);
process.exitCode = failed.length === 0 ? 0 : 1;
