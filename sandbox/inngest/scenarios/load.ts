import { expect, test } from "vitest";
import type { World } from "./world";

const MIB = 1024 * 1024;
const RUNS = 60;

/** Many runs at once, events in bulk, and outputs that are too large for a call or for anything. */
export function loadScenarios(world: World): void {
  world.serve((inngest) => {
    const one = inngest.createFunction({ id: "one-of-many", triggers: { event: "l/one" } }, async ({ step, event }) => {
      await step.run("first", () => world.note(event.data, `first ${event.data.n}`));
      return step.run("second", () => world.note(event.data, `second ${event.data.n}`));
    });
    const heavy = inngest.createFunction({ id: "heavy", triggers: { event: "l/heavy" } }, async ({ step }) => {
      let length = 0;
      for (let n = 0; n < 6; n++) length += (await step.run(`blob-${n}`, () => "x".repeat(900_000))).length;
      await step.sleep("pause", "1s");
      return length;
    });
    const oversized = inngest.createFunction(
      { id: "oversized", retries: 0, triggers: { event: "l/oversized" } },
      async ({ step, event }) => {
        const text = await step.run("blob", () => "x".repeat(event.data.bytes));
        await step.sleep("pause", "1s");
        return text.length;
      },
    );
    return [one, heavy, oversized];
  });

  test(`${RUNS} runs at once each run each step once`, { timeout: 120_000 }, async () => {
    const story = world.story();
    await story.send(...Array.from({ length: RUNS }, (_, n) => ({ name: "l/one", data: { n } })));
    const endings = await story.endings("one-of-many", RUNS);
    expect(new Set(endings.map(({ result }) => result)).size).toBe(RUNS);
    expect(story.notes).toHaveLength(2 * RUNS);
    expect(new Set(story.notes).size).toBe(2 * RUNS);
  });

  test("state that is too large for a call is fetched by the SDK", async () => {
    const story = world.story();
    await story.send({ name: "l/heavy" });
    await world.until(() => true, "the call");
    await world.host.pass(1000);
    expect((await story.ending("heavy")).result).toBe(5_400_000);
  });

  test("an output above the server's limit fails the run", async () => {
    const [fits, does] = [world.story(), world.story()];
    await fits.send({ name: "l/oversized", data: { bytes: 3 * MIB } });
    await does.send({ name: "l/oversized", data: { bytes: 5 * MIB } });
    await world.host.pass(1000);
    expect((await fits.ending("oversized")).result).toBe(3 * MIB);
    expect((await does.ending("oversized")).status).toBe("failed");
  });
}
