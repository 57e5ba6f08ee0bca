import { writeFileSync } from "node:fs";
import { campaign } from "./campaign";
import { hunt } from "./hunt";
import { type Options, readOptions } from "./options";
import { shrink } from "./shrink";
import { generate } from "./story/generate";
import { tellFailure } from "./tell";
import { Workers } from "./workers";

async function simulate(options: Options): Promise<number> {
  const { seeds, bug, keepGoing, twice, results } = options;
  const since = performance.now();
  const workers = await Workers.start(Math.min(options.workers, seeds.length), bug !== null);
  try {
    const found = await campaign(workers, seeds, {
      keepGoing,
      twice,
      bug,
      hear: ({ seed, violations }, after) =>
        console.log(`seed ${seed} fails after ${after} runs: ${violations.join("; ")}`),
    });
    const [first] = found.failed;
    if (first && !keepGoing) {
      console.log("looking for a simpler story \u2026");
      const live = async (story: ReturnType<typeof generate>) => (await workers.live({ story, bug })).result;
      tellFailure(await shrink(generate(first.result.seed), first.result, live));
    }
    const failed = found.failed.map(({ result }) => result.seed);
    const seconds = Math.round((performance.now() - since) / 1_000);
    console.log(
      `simulated: ${found.done} runs, ${found.steps} steps, ${found.payments} payments in ${seconds} s; ${failed.length} failed${failed.length > 0 ? ` (seeds ${failed.join(", ")})` : ""}`,
    );
    if (results) writeFileSync(results, JSON.stringify({ passed: found.done - failed.length, failed: failed.length }));
    return failed.length;
  } finally {
    await workers.stop();
  }
}

try {
  const options = readOptions(process.argv.slice(2));
  process.exitCode = (await (options.hunt ? hunt(options) : simulate(options))) === 0 ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
