import "./configure";
import { seedEverything } from "./random";
import type { Result } from "./run";
import { installLanes } from "./seams/lanes";
import type { Story } from "./story/types";

/** What a worker is asked: to live the story of a seed, or a story that was shrunk; with a mistake in the product, or without. */
export type Order = ({ seed: string } | { story: Story }) & { bug: string | null };
export type Report = { result: Result; ms: number };

const url = process.env.DATABASE_URL ?? "";
seedEverything();
installLanes();
const { Machine } = await import("./world");
const { runStory } = await import("./run");
const { generate } = await import("./story/generate");
const machine = await Machine.start(url);

process.on("message", (order: Order) => {
  Object.assign(globalThis, { evenkeelMistake: order.bug });
  const story = "seed" in order ? generate(order.seed) : order.story;
  const since = performance.now();
  runStory(machine, story).then(
    (result) => {
      // A trace is long, and wanted of failures only.
      const told = result.violations.length > 0 || "story" in order ? result : { ...result, trace: [] };
      process.send?.({ result: told, ms: performance.now() - since } satisfies Report);
    },
    (error: unknown) => {
      console.error(`seed ${story.seed}:`, error);
      process.exit(1);
    },
  );
});
process.on("disconnect", () => process.exit(0));
process.send?.("ready");
