import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { useTestDatabase } from "@/db/testing";
import { now } from "@/lib/clock";
import { effects, functions, inFlight } from "./testing/functions";
import { Lab } from "./testing/lab";

const database = useTestDatabase();
const SECOND = 1000;
const HOUR = 3_600_000;

const modes = [
  { name: "dev server, checkpointing", signed: false, checkpointing: true },
  { name: "dev server, no checkpointing", signed: false, checkpointing: false },
  { name: "signed, checkpointing", signed: true, checkpointing: true },
  { name: "signed, no checkpointing", signed: true, checkpointing: false },
];

describe.each(modes)("$name", ({ signed, checkpointing }) => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await Lab.open(database.url, functions, { signed, checkpointing, callTimeoutMs: 2000 });
  });
  afterAll(() => lab.close());
  beforeEach(() => {
    effects.length = 0;
    inFlight.peak = 0;
  });

  test("a cron with steps and a sleep runs each step once", async () => {
    await lab.advance(18 * HOUR);
    const run = await lab.newest("nightly");
    expect(run.status).toBe("completed");
    expect(effects).toEqual(["load", "close 2 at 2026-03-03T03:00:00.000Z"]);
    expect(run.event).toBe("inngest/scheduled.timer");
    expect(lab.callsOf(run)).toHaveLength(checkpointing ? 2 : 4);
    expect(await lab.runs("nightly")).toHaveLength(1);
  });

  test("a step is retried by the table, then events fan out, deduplicated, one at a time per key", async () => {
    const startedAt = now().getTime();
    await lab.send("fan-out", { name: "t/fan-out" });
    expect(await lab.due()).toEqual({ nextDueAt: new Date(startedAt + 15 * SECOND).toISOString(), busy: false });
    await lab.advance(44 * SECOND);
    expect(effects).toEqual(["count, attempt 0", "count, attempt 1"]);
    await lab.advance(SECOND);
    expect((await lab.newest("fan-out")).result).toBe(6);
    expect(effects.filter((effect) => effect.startsWith("charged")).sort()).toEqual(
      [0, 1, 2, 3].map((i) => `charged i${i}`),
    );
    expect(inFlight.peak).toBe(2);
    await lab.client.send({ name: "t/due", data: { account: "a0", invoice: "i0" } });
    await lab.runDue();
    expect(await lab.runs("due")).toHaveLength(4);
  });

  test("a wait runs out", async () => {
    await lab.send("dunning", { name: "t/overdue", data: { invoice: "w2", account: "x2" } });
    await lab.advance(7 * 24 * HOUR - SECOND);
    expect((await lab.newest("dunning")).status).toBe("running");
    await lab.advance(SECOND);
    expect((await lab.newest("dunning")).result).toEqual({ outcome: "timed out" });
  });

  test("RetryAfterError is honoured, as a length and as an instant", async () => {
    const startedAt = now().getTime();
    await lab.send("later", { name: "t/later" });
    expect((await lab.due()).nextDueAt).toBe(new Date(startedAt + 90 * SECOND).toISOString());
    await lab.advance(90 * SECOND);
    expect((await lab.newest("later")).result).toBe("ok");
    const at = new Date(now().getTime() + 5 * HOUR).toISOString();
    await lab.send("later", { name: "t/later", data: { at } });
    expect((await lab.due()).nextDueAt).toBe(at);
    await lab.advance(5 * HOUR);
    expect((await lab.newest("later")).result).toBe("ok");
  });

  test("a call that times out is made again, and what it still reports is refused", async () => {
    await lab.send("slow", { name: "t/slow" });
    await lab.advance(15 * SECOND);
    // The first call's report comes in while the second call is open; "a0b" would mean that it was taken.
    expect((await lab.newest("slow")).result).toBe("a1b");
    expect(effects).toEqual(["a", "a", "b"]);
    expect((await lab.newest("slow")).steps).toEqual(["a", "b"]);
  });

  test("an operation that is not implemented fails the run by its name", async () => {
    const run = await lab.send("unsupported", { name: "t/unsupported" });
    expect(run).toMatchObject({ status: "failed", error: { name: "UnsupportedOpcode" } });
    expect(JSON.stringify(run.error)).toContain("WaitForSignal");
  });

  test("a throttle spaces starts evenly per key", async () => {
    const startedAt = now().getTime();
    for (const n of [1, 2, 3]) await lab.client.send({ name: "t/throttled", data: { k: "a", n } });
    await lab.client.send({ name: "t/throttled", data: { k: "b", n: 9 } });
    await lab.runDue();
    expect(effects).toEqual(["throttled 1", "throttled 9"]);
    expect((await lab.due()).nextDueAt).toBe(new Date(startedAt + 30 * SECOND).toISOString());
    await lab.advance(60 * SECOND);
    expect(effects).toEqual(["throttled 1", "throttled 9", "throttled 2", "throttled 3"]);
  });

  test("a rate gives back a place each time its share of the period has passed", async () => {
    const send = (n: number) => lab.client.send({ name: "t/limited", data: { n } });
    for (const n of [1, 2, 3]) await send(n);
    await lab.advance(30 * SECOND - 1);
    await send(4);
    await lab.advance(1);
    for (const n of [5, 6]) await send(n);
    await lab.runDue();
    expect(effects).toEqual(["limited 1", "limited 2", "limited 5"]);
  });

  test("debouncing ends when its time-out is over, however many events come", async () => {
    for (let n = 1; n <= 4; n++) {
      await lab.client.send({ name: "t/edited", data: { n } });
      await lab.advance(40 * SECOND);
    }
    expect(effects).toEqual(["edited 3"]);
    await lab.advance(20 * SECOND);
    expect(effects).toEqual(["edited 3", "edited 4"]);
  });

  test("a run that waits too long for its turn is cancelled before it starts", async () => {
    for (const n of [1, 2]) await lab.client.send({ name: "t/queued", data: { n } });
    await lab.runDue();
    await lab.advance(10 * SECOND);
    expect((await lab.runs("queued")).map((run) => run.status).sort()).toEqual(["cancelled", "completed"]);
    expect(effects).toEqual(["queued 1"]);
  });

  test("a jittered cron runs some time after its tick, and its event says when", async () => {
    await lab.advance(26 * HOUR);
    const { data } = await lab.newest("jittered");
    const { scheduledAt, fireAt } = data as { scheduledAt: string; fireAt: string };
    const lateMs = Date.parse(fireAt) - Date.parse(scheduledAt);
    expect(lateMs).toBeGreaterThan(0);
    expect(lateMs).toBeLessThan(300 * SECOND);
    expect(effects).toContain(`jittered ${fireAt}`);
  });

  test.each([
    ["an event that is too large", [{ name: "t/quote", data: { text: "x".repeat(600_000) } }], "512 KiB"],
    ["a name that is the server's own", [{ name: "inngest/function.finished", data: {} }], "inngest/"],
    ["too many events at once", Array.from({ length: 5001 }, () => ({ name: "t/unheard-of" })), "5000"],
  ])("%s is refused", async (_, events, problem) => {
    const answer = await fetch(`${lab.executor.url}/e/test`, { method: "POST", body: JSON.stringify(events) });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain(problem);
  });

  test("an event with a future time waits for it; one stamped by the SDK happens now on the product's clock", async () => {
    const ts = now().getTime() + HOUR;
    await lab.send("quote", { name: "t/quote", data: { amount: 5 }, ts });
    expect((await lab.newest("quote")).steps).toEqual([]);
    await lab.advance(HOUR);
    expect((await lab.newest("quote")).result).toEqual({ tax: 1 });
    const run = await lab.send("quote", { name: "t/quote", data: { amount: 10 } });
    expect(run.result).toEqual({ tax: 2 });
  });

  test("a repeated request sets nothing off and gets the same ids", async () => {
    const post = async () => {
      const headers = { "content-type": "application/json", "x-inngest-event-id-seed": "1772445600000,c2VlZA==" };
      const body = JSON.stringify([{ name: "t/quote", data: { amount: 1 } }]);
      return (await fetch(`${lab.executor.url}/e/test`, { method: "POST", headers, body })).json();
    };
    const before = (await lab.runs("quote")).length;
    expect(await post()).toEqual(await post());
    await lab.runDue();
    expect(await lab.runs("quote")).toHaveLength(before + 1);
  });

  test("unsigned calls and reports are refused where calls are signed", async () => {
    const call = await fetch(`${lab.app.url}?fnId=lab-quote&stepId=step`, { method: "POST", body: "{}" });
    const report = await fetch(`${lab.executor.url}/v1/checkpoint/x/async`, { method: "POST", body: '{"steps":[]}' });
    expect([call.status, report.status]).toEqual(signed ? [401, 401] : [500, 409]);
  });
});
