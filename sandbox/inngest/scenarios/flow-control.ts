import { expect, test } from "vitest";
import type { World } from "./world";

const SECOND = 1000;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const oneTo = (count: number) => Array.from({ length: count }, (_, n) => n + 1);

/** How many runs, how fast, in which order, and with how many events. */
export function flowScenarios(world: World): void {
  const open = new Map<string, number>();
  const peaks = new Map<string, number>();
  /** Work that takes a moment, counted while it is under way. */
  const work = async (key: string, ms: number) => {
    open.set(key, (open.get(key) ?? 0) + 1);
    peaks.set(key, Math.max(peaks.get(key) ?? 0, open.get(key) ?? 0));
    await pause(ms);
    open.set(key, (open.get(key) ?? 0) - 1);
  };

  world.serve((inngest) => {
    const keyed = inngest.createFunction(
      {
        id: "keyed",
        concurrency: [{ limit: 3 }, { key: "event.data.account", limit: 1 }],
        triggers: { event: "f/charge" },
      },
      ({ step, event }) =>
        step.run("charge", async () => {
          await Promise.all([work(event.data.account, 60), work(event.data.story, 60)]);
        }),
    );
    const throttled = inngest.createFunction(
      {
        id: "throttled",
        throttle: { limit: 1, period: "2s", key: "event.data.story" },
        triggers: { event: "f/throttled" },
      },
      ({ event }) => world.note(event.data, `throttled ${event.data.n}`),
    );
    const limited = inngest.createFunction(
      { id: "limited", rateLimit: { limit: 1, period: "1m", key: "event.data.key" }, triggers: { event: "f/limited" } },
      ({ event }) => world.note(event.data, `limited ${event.data.n}`),
    );
    const debounced = inngest.createFunction(
      { id: "debounced", debounce: { period: "3s", key: "event.data.story" }, triggers: { event: "f/edited" } },
      ({ event }) => world.note(event.data, `saved ${event.data.n}`),
    );
    const batched = inngest.createFunction(
      {
        id: "batched",
        batchEvents: { maxSize: 3, timeout: "3s", key: "event.data.story" },
        triggers: { event: "f/usage" },
      },
      ({ events, event }) => world.note(event.data, `batch ${events.map(({ data }) => data.n).join(" ")}`),
    );
    const urgent = inngest.createFunction(
      {
        id: "urgent",
        concurrency: { key: "event.data.story", limit: 1 },
        priority: { run: "event.data.urgent == true ? 300 : 0" },
        triggers: { event: "f/queued" },
      },
      async ({ event }) => {
        world.note(event.data, `did ${event.data.n}`);
        await pause(event.data.ms);
      },
    );
    const single = inngest.createFunction(
      { id: "single", singleton: { key: "event.data.account", mode: "skip" }, triggers: { event: "f/single" } },
      async ({ step, event }) => {
        await step.run("begin", () => world.note(event.data, `begin ${event.data.n}`));
        await step.sleep("hold", "2s");
      },
    );
    const newest = inngest.createFunction(
      { id: "newest", singleton: { key: "event.data.story", mode: "cancel" }, triggers: { event: "f/newest" } },
      async ({ step, event }) => {
        await step.run("begin", () => world.note(event.data, `begin ${event.data.n}`));
        await step.sleep("hold", "2s");
        return event.data.n;
      },
    );
    return [keyed, throttled, limited, debounced, batched, urgent, single, newest];
  });

  test("concurrency holds for each key and for all of them", async () => {
    const story = world.story();
    await story.send(...oneTo(12).map((n) => ({ name: "f/charge", data: { account: `${story.id}/${n % 4}` } })));
    await story.endings("keyed", 12);
    expect([0, 1, 2, 3].map((n) => peaks.get(`${story.id}/${n}`))).toEqual([1, 1, 1, 1]);
    expect(peaks.get(story.id)).toBeGreaterThan(1);
    expect(peaks.get(story.id)).toBeLessThanOrEqual(3);
  });

  test("a throttle puts off what is too much", async () => {
    const story = world.story();
    for (const n of oneTo(2)) await story.send({ name: "f/throttled", data: { n } });
    await story.noted("throttled 1");
    expect(story.notes).toEqual(["throttled 1"]);
    await world.host.pass(2 * SECOND);
    await story.noted("throttled 2");
  });

  test("a rate limit drops what is too much, for each key", async () => {
    const story = world.story();
    const send = (n: number, key: string) => story.send({ name: "f/limited", data: { n, key: `${story.id}/${key}` } });
    await send(1, "a");
    await story.noted("limited 1");
    await send(2, "a");
    await send(3, "b");
    await story.noted("limited 3");
    await world.host.pass(SECOND);
    expect(story.notes).toEqual(["limited 1", "limited 3"]);
  });

  test("a debounced function runs once, with the last event", async () => {
    const story = world.story();
    for (const n of oneTo(3)) {
      await story.send({ name: "f/edited", data: { n } });
      await world.host.pass(SECOND);
    }
    expect(story.notes).toEqual([]);
    await world.host.pass(2 * SECOND);
    await story.noted("saved 3");
    expect(story.notes).toEqual(["saved 3"]);
  });

  test("a batch begins when it is full, or when its time is over", async () => {
    const story = world.story();
    await story.send(...oneTo(5).map((n) => ({ name: "f/usage", data: { n } })));
    await world.until(() => story.notes.length > 0, "the full batch");
    expect(story.notes).toHaveLength(1);
    await world.host.pass(3 * SECOND);
    await world.until(() => story.notes.length > 1, "the rest");
    const batches = story.notes.map((note) => note.split(" ").slice(1));
    expect(batches.map((batch) => batch.length)).toEqual([3, 2]);
    expect(batches.flat().sort()).toEqual(["1", "2", "3", "4", "5"]);
  });

  test("what is urgent overtakes what waits", async () => {
    const story = world.story();
    await story.send({ name: "f/queued", data: { n: 0, ms: 1500 } });
    await world.until(() => story.notes.length > 0, "the first");
    for (const n of [1, 2]) await story.send({ name: "f/queued", data: { n, ms: 1 } });
    await story.send({ name: "f/queued", data: { n: 3, ms: 1, urgent: true } });
    await story.endings("urgent", 4);
    expect(story.notes.slice(0, 2)).toEqual(["did 0", "did 3"]);
  });

  test("a singleton skips while one runs", async () => {
    const story = world.story();
    const send = (n: number, account: string) =>
      story.send({ name: "f/single", data: { n, account: `${story.id}/${account}` } });
    await send(1, "a");
    await story.noted("begin 1");
    await send(2, "a");
    await send(3, "b");
    await story.noted("begin 3");
    await world.host.pass(2 * SECOND);
    await story.endings("single", 2);
    await send(4, "a");
    await story.noted("begin 4");
    expect(story.notes).not.toContain("begin 2");
  });

  test("a singleton takes the place of the one before", async () => {
    const story = world.story();
    await story.send({ name: "f/newest", data: { n: 1 } });
    await story.noted("begin 1");
    await story.send({ name: "f/newest", data: { n: 2 } });
    await story.noted("begin 2");
    await world.host.pass(2 * SECOND);
    const endings = await story.endings("newest", 2);
    expect(endings.map(({ status, result }) => [status, result ?? null])).toEqual([
      ["cancelled", null],
      ["completed", 2],
    ]);
  });
}
