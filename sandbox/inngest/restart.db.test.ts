import type { Inngest } from "inngest";
import { afterEach, beforeEach, expect, test } from "vitest";
import { useTestDatabase } from "@/db/testing";
import { APPLICATION } from "./server";
import { Lab } from "./testing/lab";
import { FaultyWire } from "./testing/proxy";

const database = useTestDatabase();
const HOUR = 3_600_000;

const effects: string[] = [];
const gates = new Map<string, () => void>();
const did = (what: string) => {
  effects.push(what);
  return what;
};

/** A step that holds until the test lets it go on. */
const heldUntilOpened = (name: string) => new Promise<void>((resolve) => gates.set(name, resolve));

function functions(inngest: Inngest) {
  const sleeper = inngest.createFunction({ id: "sleeper", triggers: { event: "t/go" } }, async ({ step }) => {
    await step.run("before", () => did("before sleep"));
    await step.sleep("nap", "2h");
    return step.run("after", () => did("after sleep"));
  });
  const waiter = inngest.createFunction({ id: "waiter", triggers: { event: "t/go" } }, async ({ step }) => {
    await step.run("before", () => did("before wait"));
    const event = await step.waitForEvent("paid", { event: "t/paid", timeout: "30d" });
    return event?.data.amount;
  });
  const retrier = inngest.createFunction({ id: "retrier", triggers: { event: "t/go" } }, async ({ step, attempt }) => {
    await step.run("before", () => did("before retry"));
    return step.run("flaky", () => {
      if (attempt === 0) throw new Error("flaky");
      return did(`flaky, attempt ${attempt}`);
    });
  });
  const invoker = inngest.createFunction({ id: "invoker", triggers: { event: "t/go" } }, async ({ step }) =>
    step.invoke("call", { function: sleeper, data: {} }),
  );
  const worker = inngest.createFunction({ id: "worker", triggers: { event: "t/work" } }, async ({ step, attempt }) => {
    await step.run("first", () => did("first"));
    await step.run("second", async () => {
      did(`second, attempt ${attempt}`);
      if (attempt === 0) await heldUntilOpened("second");
    });
    return step.run("third", () => did("third"));
  });
  const fragile = inngest.createFunction({ id: "fragile", retries: 0, triggers: { event: "t/fragile" } }, () =>
    did("fragile"),
  );
  const daily = inngest.createFunction({ id: "daily", triggers: { cron: "0 0 * * *" } }, () => did("daily"));
  const collected = inngest.createFunction(
    { id: "collected", batchEvents: { maxSize: 3, timeout: "60s" }, triggers: { event: "t/usage" } },
    ({ events }) => did(`collected ${events.length}`),
  );
  const edited = inngest.createFunction(
    { id: "edited", debounce: { period: "1m" }, triggers: { event: "t/usage" } },
    ({ event }) => did(`edited ${event.data.n}`),
  );
  const bounded = inngest.createFunction(
    { id: "bounded", timeouts: { finish: "5m" }, triggers: { event: "t/usage" } },
    async ({ step }) => step.sleep("long", "1h"),
  );
  return [sleeper, waiter, retrier, invoker, worker, fragile, daily, collected, edited, bounded];
}

let lab: Lab;
beforeEach(async () => {
  effects.length = 0;
  lab = await Lab.open(database.url, functions);
});
afterEach(async () => {
  for (const open of gates.values()) open();
  gates.clear();
  await lab.close();
});

async function restartExecutor(): Promise<void> {
  await lab.executor.close();
  await lab.startExecutor();
}

test("an executor that is replaced goes on with runs that sleep, wait, retry and invoke", async () => {
  await lab.client.send({ name: "t/go" });
  await lab.runDue();
  expect([...effects].sort()).toEqual(["before retry", "before sleep", "before sleep", "before wait"]);
  await restartExecutor();
  await lab.advance(15_000);
  expect((await lab.newest("retrier")).result).toBe("flaky, attempt 1");
  await restartExecutor();
  await lab.advance(2 * HOUR);
  await restartExecutor();
  await lab.client.send({ name: "t/paid", data: { amount: 42 } });
  await lab.runDue();
  const results = Object.fromEntries((await lab.runs()).map((run) => [run.function, [run.status, run.result]]));
  expect(results).toEqual({
    "lab-sleeper": ["completed", "after sleep"],
    "lab-waiter": ["completed", 42],
    "lab-retrier": ["completed", "flaky, attempt 1"],
    "lab-invoker": ["completed", "after sleep"],
  });
  expect(effects.filter((effect) => effect.startsWith("before"))).toHaveLength(4);
});

test("an executor that is replaced knows of batches, debouncing and time-outs", async () => {
  for (const n of [1, 2]) {
    await lab.client.send({ name: "t/usage", data: { n } });
    await restartExecutor();
  }
  await lab.advance(61_000);
  expect([...effects].sort()).toEqual(["collected 2", "edited 2"]);
  await restartExecutor();
  await lab.advance(5 * 60_000);
  expect((await lab.runs("bounded")).map((run) => run.status)).toEqual(["cancelled", "cancelled"]);
  expect((await lab.runs()).filter((run) => run.status === "held")).toEqual([]);
});

test("a call that was open when the executor went is made again, without the steps that had finished", async () => {
  await lab.client.send({ name: "t/work" });
  await lab.until(() => effects.includes("second, attempt 0"), "the second step");
  await lab.executor.close();
  const stale = gates.get("second");
  await lab.startExecutor();
  await lab.until(() => gates.get("second") !== stale, "the second call");
  stale?.();
  gates.get("second")?.();
  await lab.until(async () => (await lab.newest("worker")).status === "completed", "the run to finish");
  expect(effects.filter((effect) => effect === "first")).toHaveLength(1);
  expect(effects.filter((effect) => effect === "third")).toHaveLength(1);
});

test("an app that dies in the middle of a step and comes back goes on promptly, as another attempt", async () => {
  await lab.client.send({ name: "t/work" });
  await lab.until(() => effects.includes("second, attempt 0"), "the second step");
  await lab.app.kill();
  await new Promise((resolve) => setTimeout(resolve, 500));
  await lab.app.revive();
  const revivedAt = performance.now();
  await lab.until(async () => (await lab.newest("worker")).status === "completed", "the run to finish");
  expect(performance.now() - revivedAt).toBeLessThan(4000);
  expect(effects).toEqual(["first", "second, attempt 0", "second, attempt 1", "third"]);
});

test("while the app is away nothing is counted as an attempt, and moving time waits for it", async () => {
  await lab.app.kill();
  await lab.client.send({ name: "t/fragile" });
  const moved = lab.advance(HOUR);
  await lab.until(() => lab.calls.some((call) => call.answer === "refused"), "a refused call");
  expect(await lab.due()).toMatchObject({ busy: true });
  await lab.app.revive();
  await moved;
  expect(await lab.newest("fragile")).toMatchObject({ status: "completed", calls: 1 });
});

test("events that arrive before the app has ever registered are not lost", async () => {
  await lab.executor.close();
  await database.sql.unsafe("delete from sandbox_inngest.registration");
  await lab.app.kill();
  await lab.startExecutor();
  await lab.client.send({ name: "t/fragile" });
  await lab.app.revive();
  await lab.until(async () => (await lab.runs("fragile")).some((run) => run.status === "completed"), "the run");
});

test("lost database connections lose nothing", async () => {
  await lab.client.send({ name: "t/work" });
  await lab.until(() => effects.includes("second, attempt 0"), "the second step");
  const terminate = () =>
    database.sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = ${APPLICATION} and datname = current_database()`;
  const terminations = setInterval(() => void terminate(), 4);
  gates.get("second")?.();
  for (let n = 0; n < 20; n++) await lab.client.send({ name: "t/fragile", id: `fragile-${n}` });
  clearInterval(terminations);
  await lab.until(async () => (await lab.newest("worker")).status === "completed", "the run to finish");
  await lab.until(
    async () => (await lab.runs("fragile")).filter((run) => run.status === "completed").length === 20,
    "all 20 runs",
  );
  expect(effects.filter((effect) => effect === "third")).toHaveLength(1);
  expect(await lab.due()).toEqual({ nextDueAt: "2026-03-03T00:00:00.000Z", busy: false });
});

test("a commit whose answer is lost counts once", async () => {
  await lab.close();
  const wire = await FaultyWire.open(database.url);
  lab = await Lab.open(wire.url, functions);
  for (let n = 0; n < 5; n++) {
    wire.loseCommits(1 + (n % 3));
    await lab.client.send({ name: "t/fragile" });
    await lab.until(async () => wire.lossesToCome === 0, "the loss");
  }
  await lab.until(
    async () => (await lab.runs("fragile")).filter((run) => run.status === "completed").length === 5,
    "5 runs",
  );
  expect(effects).toHaveLength(5);
  wire.loseCommits(8);
  await lab.client.send({ name: "t/go" });
  await lab.advance(2 * HOUR);
  wire.loseCommits(2);
  await lab.advance(14 * HOUR);
  expect(wire.lossesToCome).toBe(0);
  expect(await lab.runs("daily")).toHaveLength(1);
  expect(effects.filter((effect) => effect.startsWith("before"))).toHaveLength(4);
  expect(effects.filter((effect) => effect === "after sleep")).toHaveLength(2);
  await wire.close();
});
