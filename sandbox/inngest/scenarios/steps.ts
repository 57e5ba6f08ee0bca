import { RetryAfterError } from "inngest";
import { expect, test } from "vitest";
import type { World } from "./world";

const SECOND = 1000;

/** Steps: remembered, asleep, in parallel, waiting, invoking, repeated. */
export function stepScenarios(world: World): void {
  world.serve((inngest) => {
    const remembered = inngest.createFunction(
      { id: "remembered", triggers: { event: "s/remembered" } },
      async ({ step, event }) => {
        const first = await step.run("first", () => world.note(event.data, "first"));
        await step.sleep("nap", "2s");
        const second = await step.run("second", () => world.note(event.data, "second"));
        await step.sleepUntil("longer", new Date(event.data.until));
        return [first, second, await step.run("third", () => world.note(event.data, "third"))];
      },
    );
    const parallel = inngest.createFunction(
      { id: "parallel", triggers: { event: "s/parallel" } },
      async ({ step, event }) => {
        const done = await Promise.all([
          step.run("p1", () => world.note(event.data, "p1")),
          step.run("p2", () => world.note(event.data, "p2")),
          step.sleep("p3", "1s"),
          step.waitForEvent("p4", { event: "s/never", timeout: "2s" }),
        ]);
        return step.run("join", () => world.note(event.data, done.filter(Boolean).join("+")));
      },
    );
    const waiting = inngest.createFunction(
      { id: "waiting", triggers: { event: "s/overdue" } },
      async ({ step, event }) => {
        await step.run("told", () => world.note(event.data, `waits for ${event.data.invoice}`));
        const paid = await step.waitForEvent("paid", {
          event: "s/paid",
          timeout: event.data.timeout,
          match: "data.invoice",
        });
        return paid ? paid.data.amount : "nothing came";
      },
    );
    const doubled = inngest.createFunction(
      { id: "doubled", retries: 0, triggers: { event: "s/doubled" } },
      ({ event }) => {
        if (event.data.amount < 0) throw new Error("not below zero");
        return event.data.amount * 2;
      },
    );
    const invoking = inngest.createFunction(
      { id: "invoking", triggers: { event: "s/invoking" } },
      async ({ step, event }) => {
        const data = { amount: event.data.amount, story: event.data.story };
        try {
          return await step.invoke("double", { function: doubled, data });
        } catch (error) {
          return `caught: ${(error as Error).message}`;
        }
      },
    );
    const retried = inngest.createFunction(
      { id: "retried", retries: 2, triggers: { event: "s/retried" } },
      async ({ step, event, attempt }) => {
        await step.run("before", () => world.note(event.data, "before"));
        return step.run("flaky", () => {
          world.note(event.data, `attempt ${attempt}`);
          if (attempt < 2) throw new RetryAfterError("not yet", "1s");
          return "at last";
        });
      },
    );
    return [remembered, parallel, waiting, doubled, invoking, retried];
  });

  test("a step runs once, whatever is slept through after it", async () => {
    const story = world.story();
    await story.send({ name: "s/remembered", data: { until: new Date(world.host.now().getTime() + 4 * SECOND) } });
    await story.noted("first");
    expect(story.notes).toEqual(["first"]);
    await world.host.pass(2 * SECOND);
    await story.noted("second");
    await world.host.pass(2 * SECOND);
    expect((await story.ending("remembered")).result).toEqual(["first", "second", "third"]);
    expect(story.notes).toEqual(["first", "second", "third"]);
  });

  test("parallel steps, a sleep and a wait among them, each run once and join", async () => {
    const story = world.story();
    await story.send({ name: "s/parallel" });
    await world.host.pass(2 * SECOND);
    expect((await story.ending("parallel")).result).toBe("p1+p2");
    expect([...story.notes].sort()).toEqual(["p1", "p1+p2", "p2"]);
  });

  test("a wait takes only the event that matches", async () => {
    const story = world.story();
    const invoice = `${story.id}/1`;
    await story.send({ name: "s/overdue", data: { invoice, timeout: "1h" } });
    await story.noted(`waits for ${invoice}`);
    await world.host.pass(SECOND);
    await story.send({ name: "s/paid", data: { invoice: `${story.id}/2`, amount: 1 } });
    await world.host.pass(SECOND);
    expect(story.ended("waiting")).toEqual([]);
    await story.send({ name: "s/paid", data: { invoice, amount: 42 } });
    expect((await story.ending("waiting")).result).toBe(42);
  });

  test("a wait runs out", async () => {
    const story = world.story();
    await story.send({ name: "s/overdue", data: { invoice: story.id, timeout: "2s" } });
    await world.host.pass(2 * SECOND);
    expect((await story.ending("waiting")).result).toBe("nothing came");
  });

  test("an invoked function's result comes back, and so does its error", async () => {
    const [well, badly] = [world.story(), world.story()];
    await well.send({ name: "s/invoking", data: { amount: 21 } });
    expect((await well.ending("invoking")).result).toBe(42);
    await badly.send({ name: "s/invoking", data: { amount: -1 } });
    expect((await badly.ending("invoking")).result).toBe("caught: not below zero");
  });

  test("a step that fails is repeated when it asks to be, and what was done before it is not", async () => {
    const story = world.story();
    await story.send({ name: "s/retried" });
    await story.noted("attempt 0");
    await world.host.pass(SECOND);
    await story.noted("attempt 1");
    await world.host.pass(SECOND);
    expect((await story.ending("retried")).result).toBe("at last");
    expect(story.notes).toEqual(["before", "attempt 0", "attempt 1", "attempt 2"]);
  });
}
