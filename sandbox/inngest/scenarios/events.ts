import { expect, test } from "vitest";
import type { World } from "./world";

const SECOND = 1000;

/** What events set off: fan-out, filters, time, each once. */
export function eventScenarios(world: World): void {
  world.serve((inngest) => {
    const fanOut = inngest.createFunction(
      { id: "fan-out", triggers: { event: "v/month-end" } },
      async ({ step, event }) => {
        const accounts = Array.from({ length: 20 }, (_, n) => `account ${n}`);
        const { story } = event.data;
        // The same account twice has the same id.
        const events = [...accounts, ...accounts.slice(0, 5)].map((account) => ({
          id: `${story}/${account}`,
          name: "v/bill",
          data: { account, story },
        }));
        return (await step.sendEvent("send", events)).ids.length;
      },
    );
    const bill = inngest.createFunction({ id: "bill", triggers: { event: "v/bill" } }, ({ event }) =>
      world.note(event.data, `bill ${event.data.account}`),
    );
    const once = inngest.createFunction(
      { id: "once", idempotency: "event.data.story + '-' + event.data.period", triggers: { event: "v/renewal" } },
      ({ event }) => world.note(event.data, `renew ${event.data.period}`),
    );
    const filtered = inngest.createFunction(
      { id: "filtered", triggers: [{ event: "v/amount", if: "event.data.amount > 100" }, { event: "v/other/*" }] },
      ({ event }) => world.note(event.data, `${event.name} ${event.data.amount}`),
    );
    const later = inngest.createFunction({ id: "later", triggers: { event: "v/later" } }, ({ event }) =>
      world.note(event.data, "later"),
    );
    const minutely = inngest.createFunction(
      { id: "minutely", triggers: { cron: "TZ=Europe/Berlin * * * * *" } },
      ({ event }) => world.note("minutely", `${event.name} ${new Date(event.ts ?? 0).toISOString().slice(0, 16)}`),
    );
    return [fanOut, bill, once, filtered, later, minutely];
  });

  test("a fan-out starts one run for each event id", async () => {
    const story = world.story();
    await story.send({ name: "v/month-end" });
    expect((await story.ending("fan-out")).result).toBe(25);
    expect(await story.endings("bill", 20)).toHaveLength(20);
    await world.host.pass(SECOND);
    expect(new Set(story.notes).size).toBe(20);
    expect(story.notes).toHaveLength(20);
  });

  test("an idempotency key runs once", async () => {
    const story = world.story();
    await story.send({ name: "v/renewal", data: { period: "2026-11" } });
    await story.noted("renew 2026-11");
    await story.send(
      { name: "v/renewal", data: { period: "2026-11" } },
      { name: "v/renewal", data: { period: "2026-12" } },
    );
    await story.noted("renew 2026-12");
    await world.host.pass(SECOND);
    expect(story.notes).toEqual(["renew 2026-11", "renew 2026-12"]);
  });

  test("an event id counts once for each function", async () => {
    const story = world.story();
    await story.send({ name: "v/bill", id: `${story.id}/x`, data: { account: "x" } });
    await story.noted("bill x");
    await story.send({ name: "v/bill", id: `${story.id}/x`, data: { account: "x" } });
    await world.host.pass(SECOND);
    expect(story.notes).toEqual(["bill x"]);
  });

  test("expressions and wildcards choose events", async () => {
    const story = world.story();
    await story.send(
      { name: "v/amount", data: { amount: 100 } },
      { name: "v/amount", data: { amount: 101 } },
      { name: "v/amount", data: {} },
      { name: "v/other/thing", data: { amount: 1 } },
    );
    await story.noted("v/amount 101");
    await story.noted("v/other/thing 1");
    await world.host.pass(SECOND);
    expect(story.notes).toHaveLength(2);
  });

  test("an event with a time to come waits for it", async () => {
    const story = world.story();
    await story.send({ name: "v/later", ts: world.host.now().getTime() + 3 * SECOND });
    await world.host.pass(SECOND);
    expect(story.notes).toEqual([]);
    await world.host.pass(2 * SECOND);
    await story.noted("later");
  });

  test("a cron fires at each of its ticks", { timeout: 150_000 }, async () => {
    const before = world.notes("minutely").length;
    await world.host.pass(61 * SECOND);
    await world.until(() => world.notes("minutely").length > before, "a tick");
    const ticks = world.notes("minutely");
    expect(ticks.at(-1)).toMatch(/^inngest\/scheduled\.timer /);
    expect(new Set(ticks).size).toBe(ticks.length);
  });
}
