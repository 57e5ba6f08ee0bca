import { describe, expect, test } from "vitest";
import { readRegistration } from "./config";

const fn = (extra: Record<string, unknown>) => ({
  id: "app-f",
  name: "F",
  triggers: [{ event: "a/b", expression: "event.data.x == 1" }],
  steps: {
    step: { id: "step", name: "step", runtime: { type: "http", url: "http://127.0.0.1:1/?fnId=app-f&stepId=step" } },
  },
  ...extra,
});
const read = (extra: Record<string, unknown>) => readRegistration({ appName: "app", functions: [fn(extra)] });

describe("what is honoured", () => {
  test.each([
    { concurrency: 3 },
    { concurrency: { limit: 1, key: "event.data.a" } },
    { concurrency: [{ limit: 10 }, { limit: 1, key: "event.data.a", scope: "env" }] },
    { idempotency: "event.data.a + '-' + event.data.b" },
    { cancel: [{ event: "a/c", if: "event.data.a == async.data.a", timeout: "1h" }] },
    { throttle: { limit: 5, period: "1m", burst: 2, key: "event.data.a" } },
    { singleton: { mode: "skip", key: "event.data.a" } },
    { triggers: [{ cron: "TZ=America/New_York 0 3 * * *", jitter: "5m" }] },
    { rateLimit: { limit: 1, period: "24h", key: "event.data.a" } },
    { debounce: { period: "5m", timeout: "1h", key: "event.data.a" } },
    { batchEvents: { maxSize: 100, timeout: "60s", key: "event.data.a", if: "event.data.b == 1" } },
    { priority: { run: "event.data.a == 'x' ? 120 : 0" } },
    { timeouts: { start: "10s", finish: "1h" } },
  ])("%j", (extra) => {
    expect(read(extra)).toHaveProperty("functions");
  });

  test("retries become attempts, four retries when nothing is said", () => {
    const attempts = (retries?: object) => {
      const { steps } = fn({});
      const config = read({ steps: { step: { ...steps.step, ...(retries && { retries }) } } });
      return "functions" in config && config.functions[0]?.maxAttempts;
    };
    expect([attempts(), attempts({ attempts: 0 }), attempts({ attempts: 20 })]).toEqual([5, 1, 21]);
  });
});

describe("what is refused, by its name", () => {
  test.each([
    [{ batchEvents: { maxSize: 5, timeout: "2m" } }, "app-f: batchEvents.timeout"],
    [{ batchEvents: { maxSize: 5, timeout: "5s" }, singleton: { mode: "skip" } }, "app-f: singleton"],
    [{ batchEvents: { maxSize: 5, timeout: "5s" }, cancel: [{ event: "a/c" }] }, "app-f: cancel"],
    [{ debounce: { period: "8d" } }, "app-f: debounce.period"],
    [{ rateLimit: { limit: 1, period: "2d" } }, "app-f: rateLimit.period"],
    [{ priority: { run: "event.data.(" } }, "app-f: priority.run"],
    [{ timeouts: { finish: "soon" } }, "app-f: timeouts.finish"],
    [{ cancel: [{ event: "a/c", timeout: "soon" }] }, "app-f: cancel.0.timeout"],
    [{ somethingNew: true }, "app-f: somethingNew"],
    [{ triggers: [{ cron: "0 3 * * *", jitter: "30m" }] }, "app-f: triggers.0.jitter"],
    [{ triggers: [{ event: "a/b", jitter: "30s" }] }, "app-f: triggers.0 (a jitter needs a cron)"],
    [{ triggers: [{ cron: "* * * * * *" }] }, "app-f: triggers.0.cron"],
    [{ triggers: [{ cron: "TZ=Mars/Olympus 0 3 * * *" }] }, "app-f: triggers.0.cron"],
    [{ triggers: [{ cron: "61 3 * * *" }] }, "app-f: triggers.0.cron"],
    [{ triggers: [{ event: "a/b", expression: "event.data. ==" }] }, "app-f: triggers.0.expression"],
    [{ idempotency: "event.data.(" }, "app-f: idempotency"],
    [{ concurrency: [{ limit: 1 }, { limit: 2 }, { limit: 3 }] }, "app-f: concurrency"],
    [{ concurrency: { limit: 0 } }, "app-f: concurrency.0.limit"],
    [{ throttle: { limit: 1, period: "soon" } }, "app-f: throttle.period"],
  ])("%j", (extra, message) => {
    const result = read(extra);
    expect("error" in result && result.error).toContain(message);
  });
});
