import { NonRetriableError, RetryAfterError } from "inngest";
import { expect, test } from "vitest";
import type { World } from "./world";

const SECOND = 1000;

/** How runs end: by an error, caught or not, by an event, or because time is over. */
export function endingScenarios(world: World): void {
  world.serve((inngest) => {
    const doomed = inngest.createFunction(
      {
        id: "doomed",
        retries: 1,
        triggers: { event: "e/doomed" },
        onFailure: ({ error, event, step }) =>
          step.run("alert", () => world.note(event.data.event.data, `alert: ${error.name}: ${error.message}`)),
      },
      async ({ step, event }) => {
        await step.run("boom", () => {
          world.note(event.data, "boom");
          if (event.data.final) throw new NonRetriableError("card gone");
          throw new RetryAfterError("boom", "1s");
        });
      },
    );
    const caught = inngest.createFunction(
      { id: "caught", retries: 0, triggers: { event: "e/caught" } },
      async ({ step }) => {
        try {
          await step.run("bad", () => {
            throw new Error("nope");
          });
        } catch (error) {
          return step.run("recover", () => `recovered from ${(error as Error).message}`);
        }
      },
    );
    const cancellable = inngest.createFunction(
      { id: "cancellable", triggers: { event: "e/open" }, cancelOn: [{ event: "e/closed", match: "data.account" }] },
      async ({ step, event }) => {
        await step.run("opened", () => world.note(event.data, `opened ${event.data.account}`));
        await step.sleep("long", "3s");
        return step.run("after", () => world.note(event.data, `after ${event.data.account}`));
      },
    );
    const endless = inngest.createFunction(
      { id: "endless", triggers: { event: "e/endless" }, timeouts: { finish: "2s" } },
      async ({ step, event }) => {
        await step.run("begun", () => world.note(event.data, "begun"));
        await step.sleep("too long", "10m");
      },
    );
    return [doomed, caught, cancellable, endless];
  });

  test("exhausted retries end in onFailure with the error", async () => {
    const story = world.story();
    await story.send({ name: "e/doomed" });
    await story.noted("boom");
    await world.host.pass(SECOND);
    await story.noted("alert: RetryAfterError: boom");
    expect(story.notes).toEqual(["boom", "boom", "alert: RetryAfterError: boom"]);
    expect((await story.ending("doomed")).status).toBe("failed");
  });

  test("a NonRetriableError is not repeated", async () => {
    const story = world.story();
    await story.send({ name: "e/doomed", data: { final: true } });
    await story.noted("alert: NonRetriableError: card gone");
    expect(story.notes).toEqual(["boom", "alert: NonRetriableError: card gone"]);
  });

  test("a failed step can be caught", async () => {
    const story = world.story();
    await story.send({ name: "e/caught" });
    expect(await story.ending("caught")).toMatchObject({ status: "completed", result: "recovered from nope" });
  });

  test("cancelOn cancels the run of that account, and no other", async () => {
    const story = world.story();
    const accounts = [`${story.id}/a`, `${story.id}/b`];
    await story.send(...accounts.map((account) => ({ name: "e/open", data: { account } })));
    for (const account of accounts) await story.noted(`opened ${account}`);
    await world.host.pass(SECOND);
    await story.send({ name: "e/closed", data: { account: accounts[0] } }, { name: "e/closed" });
    await world.host.pass(2 * SECOND);
    await story.noted(`after ${accounts[1]}`);
    expect((await story.endings("cancellable", 2)).map(({ status }) => status).sort()).toEqual([
      "cancelled",
      "completed",
    ]);
    expect(story.notes).not.toContain(`after ${accounts[0]}`);
  });

  test("a run that takes too long is cancelled", async () => {
    const story = world.story();
    await story.send({ name: "e/endless" });
    await story.noted("begun");
    await world.host.pass(2 * SECOND);
    expect((await story.ending("endless")).status).toBe("cancelled");
  });
}
