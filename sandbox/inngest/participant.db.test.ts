import type { Inngest } from "inngest";
import { afterEach, beforeEach, expect, test } from "vitest";
import { useTestDatabase } from "@/db/testing";
import { now, setClockForTests } from "@/lib/clock";
import { tickOf } from "./testing/functions";
import { Lab } from "./testing/lab";

const database = useTestDatabase();
const MINUTE = 60_000;
const DAY = 86_400_000;

const ticks: string[] = [];
const state: { quiet: boolean; until: string | null } = { quiet: false, until: null };

function functions(inngest: Inngest) {
  const sweep = inngest.createFunction({ id: "sweep", triggers: { cron: "*/5 * * * *" } }, ({ event }) => {
    ticks.push(tickOf(event));
    return state.quiet ? { quietUntil: state.until } : { swept: 0 };
  });
  const daily = inngest.createFunction(
    { id: "daily", triggers: { cron: "TZ=America/New_York 0 6 * * *" } },
    ({ event, step }) => step.sendEvent("tell", { name: "t/daily", data: { at: tickOf(event) } }),
  );
  const told = inngest.createFunction({ id: "told", triggers: { event: "t/daily" } }, ({ event }) => event.data.at);
  const idle = inngest.createFunction({ id: "idle", triggers: { event: "t/idle" } }, ({ event }) => ({
    quietUntil: event.data.lookAt,
    quietFor: "sweep",
  }));
  const slow = inngest.createFunction({ id: "slow", triggers: { event: "t/slow" } }, async () => {
    await new Promise((resolve) => setTimeout(resolve, 300));
  });
  return [sweep, daily, told, idle, slow];
}

let lab: Lab;
beforeEach(async () => {
  ticks.length = 0;
  Object.assign(state, { quiet: false, until: null });
  lab = await Lab.open(database.url, functions);
});
afterEach(() => lab.close());

test("time moves from tick to tick, in order, and each tick runs once", async () => {
  expect(await lab.due()).toEqual({ nextDueAt: "2026-03-02T10:05:00.000Z", busy: false });
  expect(await lab.advance(20 * MINUTE)).toBe(4);
  expect(ticks).toEqual(["05", "10", "15", "20"].map((minute) => `2026-03-02T10:${minute}:00.000Z`));
  await lab.runDue();
  expect(ticks).toHaveLength(4);
});

test("after a jump of the clock alone only the latest missed tick fires", async () => {
  lab.jump(DAY + 7 * MINUTE);
  await lab.until(() => ticks.length > 0, "a tick");
  await lab.runDue();
  expect(ticks).toEqual(["2026-03-03T10:05:00.000Z"]);
});

test("after downtime only the latest missed tick fires", async () => {
  await lab.advance(5 * MINUTE);
  await lab.executor.close();
  lab.jump(2 * DAY);
  await lab.startExecutor();
  await lab.runDue();
  expect(ticks).toEqual(["2026-03-02T10:05:00.000Z", "2026-03-04T10:05:00.000Z"]);
});

test("run-due answers when everything due, and what it set off, has run", async () => {
  await lab.client.send({ name: "t/slow" });
  expect((await lab.due()).busy).toBe(true);
  expect(await lab.runDue()).toMatchObject({ busy: false });
  expect((await lab.newest("slow")).status).toBe("completed");
});

test("a quiet cron is skipped while time is moved, until the instant it named", async () => {
  Object.assign(state, { quiet: true, until: "2026-03-02T18:01:00.000Z" });
  await lab.advance(8 * 60 * MINUTE + 6 * MINUTE);
  // 11:00Z is six o'clock in New York: the daily job's event ends the quiet, so the next tick takes one more look.
  expect(ticks).toEqual(["10:05", "11:05", "18:05"].map((time) => `2026-03-02T${time}:00.000Z`));
});

test("with nothing foreseen a quiet week is a few stops", async () => {
  state.quiet = true;
  expect(await lab.advance(7 * DAY)).toBeLessThanOrEqual(3 * 8 + 1);
  // Summer time begins on 8 March in New York: six ticks at 11:00Z, then two at 10:00Z.
  expect(await lab.runs("daily")).toHaveLength(8);
  expect((await lab.newest("told")).result).toBe("2026-03-09T10:00:00.000Z");
});

/** Ticks of the second of March. */
const at = (...times: string[]) => times.map((time) => `2026-03-02T${time}:00.000Z`);

test("after a quiet move the last tick has fired, so that nothing looks overdue", async () => {
  state.quiet = true;
  await lab.advance(5 * 60 * MINUTE + 3 * MINUTE);
  expect(ticks).toEqual(at("10:05", "11:05", "15:00"));
});

test("an event ends the quiet", async () => {
  state.quiet = true;
  const end = now().getTime() + 60 * MINUTE;
  for (const stop of ["10:05", "10:30"]) {
    setClockForTests(at(stop)[0] ?? null);
    await lab.runDue("move", end);
  }
  expect(ticks).toEqual(at("10:05"));
  await lab.client.send({ name: "t/unheard-of" });
  await lab.runDue("move", end);
  expect((await lab.due("move", end)).nextDueAt).toBe(at("10:35")[0]);
});

test("a run that changed nothing does not end the quiet, and wakes the one it names when it says", async () => {
  state.quiet = true;
  const end = now().getTime() + 60 * MINUTE;
  setClockForTests(at("10:05")[0] ?? null);
  await lab.runDue("move", end);
  await lab.client.send({ name: "t/idle", data: { lookAt: at("10:33")[0] } });
  await lab.runDue("move", end);
  expect((await lab.due("move", end)).nextDueAt).toBe(at("10:35")[0]);
  setClockForTests(at("10:35")[0] ?? null);
  await lab.runDue("move", end);
  expect(ticks).toEqual(at("10:05", "10:35"));
  expect((await lab.due("move", end)).nextDueAt).toBe(at("11:00")[0]);
});

test("another part that did something ends the quiet", async () => {
  state.quiet = true;
  await lab.advance(5 * MINUTE, "move");
  const due = async (stirred: number) =>
    (await fetch(`${lab.executor.url}/_sandbox/due?moving=move&stirred=${stirred}`)).json();
  expect(await due(0)).toMatchObject({ nextDueAt: "2026-03-02T11:00:00.000Z" });
  expect(await due(1)).toMatchObject({ nextDueAt: at("10:10")[0] });
});

test("another move starts with a look of its own", async () => {
  state.quiet = true;
  await lab.advance(30 * MINUTE, "first");
  await lab.advance(30 * MINUTE, "second");
  expect(ticks).toEqual(at("10:05", "10:30", "10:35", "11:00"));
});

test("when time is not being moved every tick fires, quiet or not", async () => {
  state.quiet = true;
  expect(await lab.advance(30 * MINUTE, null)).toBe(6);
  expect(ticks).toHaveLength(6);
});

test("a registration that asks for more than is honoured is refused by function and field", async () => {
  const config = {
    id: "lab-bad",
    triggers: [{ cron: "*/10 * * * * *" }],
    steps: { step: { id: "step", name: "step", runtime: { type: "http", url: "http://127.0.0.1:1/api/inngest" } } },
    batchEvents: { maxSize: 5, timeout: "5m" },
  };
  const body = JSON.stringify({ appName: "lab", functions: [config] });
  const answer = await fetch(`${lab.executor.url}/fn/register`, { method: "POST", body });
  expect(answer.status).toBe(400);
  const { error } = (await answer.json()) as { error: string };
  expect(error).toContain("lab-bad: triggers.0.cron ('*/10 * * * * *' is not a five-field cron");
  expect(error).toContain("batchEvents.timeout");
  expect(await lab.registered()).toBe(5);
  expect(await (await fetch(lab.executor.url)).text()).toContain("not the Inngest server");
  expect(now().toISOString()).toBe("2026-03-02T10:00:00.000Z");
});
