import { expect, test } from "vitest";
import type { Result } from "./run";
import { shrink } from "./shrink";
import { generate } from "./story/generate";
import type { Story } from "./story/types";

const resultOf = (story: Story, violations: string[]): Result => ({
  seed: story.seed,
  violations,
  digest: "",
  steps: 0,
  charges: 0,
  trace: [],
});

/** A product that fails whenever a debit is followed by a refund, whatever else happens. */
async function fragile(story: Story): Promise<Result> {
  const debit = story.items.findIndex((item) => item.do === "debit");
  const breaks = debit >= 0 && story.items.slice(debit).some((item) => item.do === "refund");
  return resultOf(story, breaks ? [`pi_${story.items.length} is off by ${story.items.length}`] : []);
}

async function failingStory(): Promise<Story> {
  for (let seed = 1; seed < 200; seed++) {
    const story = generate(String(seed));
    if ((await fragile(story)).violations.length > 0) return story;
  }
  throw new Error("no seed has a debit before a refund");
}

test("a failure is told with nothing but what leads to it", async () => {
  const story = await failingStory();
  const { story: least, result } = await shrink(story, await fragile(story), fragile);
  expect(least.items.map((item) => item.do)).toEqual(["debit", "refund"]);
  expect(least.calm).toBe(true);
  expect(result.violations).toEqual(["pi_2 is off by 2"]);
});

test("what goes wrong in another way is not taken for the same failure", async () => {
  const story = await failingStory();
  const other = async (simpler: Story) => resultOf(simpler, simpler.calm ? ["something else"] : ["the same"]);
  const { story: least } = await shrink(story, resultOf(story, ["the same"]), other);
  expect(least.calm).toBe(false);
});
