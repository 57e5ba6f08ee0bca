import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterEach, describe, expect, test } from "vitest";
import { closePools } from "@/db/client";
import { useTestDatabase } from "@/db/testing";
import { setClockForTests } from "@/lib/clock";
import { call, company } from "@/lib/http/testing";
import { readHealth } from "./checks";
import { healthResponse, liveResponse, metricsResponse, readyResponse } from "./responses";

const { sql } = useTestDatabase();
afterEach(() => setClockForTests(null));

describe("health", () => {
  test("a fresh installation is ready", async () => {
    expect(liveResponse().status).toBe(200);
    expect(await readHealth()).toMatchObject({
      status: "ready",
      checks: { database: { status: "pass" }, lastSweep: { value: null } },
    });
  });

  test("what waits too long is shown, and the instance stays in service", async () => {
    const at = new Date();
    setClockForTests(at);
    const ago = (minutes: number) => new Date(at.getTime() - minutes * 60_000);
    await sql`insert into stripe_events (event_id, type, created_at, received_at, via) values ('evt_1', 'x', ${ago(30)}, ${ago(30)}, 'webhook')`;
    await sql`insert into job_runs (job, started_at, finished_at) values ('sweep-balances', ${ago(20)}, ${ago(20)})`;
    const health = await readHealth();
    expect(health.status).toBe("degraded");
    expect(health.checks).toMatchObject({
      oldestEvent: { status: "warn", value: 1_800 },
      lastSweep: { status: "warn", value: 1_200 },
      backlog: { status: "pass", value: 1 },
    });
    expect((await readyResponse()).status).toBe(200);
  });

  test("metrics tell calls by path and what waits", async () => {
    const { token } = await company();
    await call("GET", "/balance", { token: await token("member") });
    const text = await (await metricsResponse(new Request("http://localhost/api/metrics"))).text();
    expect(text).toMatch(
      /evenkeel_http_request_duration_seconds_count\{method="GET",path="\/balance",status="200"\} 1/,
    );
    expect(text).toMatch(/evenkeel_backlog\{kind="stripe_events"\} 1/);
    expect(text).toMatch(/evenkeel_job_age_seconds\{job="sweep-balances"\} \d+/);
  });

  test("metrics tell what of the heap is left after a full collection", async () => {
    const live = async () => {
      const text = await (await metricsResponse(new Request("http://localhost/api/metrics"))).text();
      return Number(/^evenkeel_nodejs_heap_live_bytes (\d+)/m.exec(text)?.[1]);
    };
    await live();
    setFlagsFromString("--expose-gc");
    runInNewContext("gc")();
    await expect.poll(live).toBeGreaterThan(1_000_000);
  });

  test("without its database it is alive and not ready", async () => {
    const { env } = await import("@/lib/env");
    const url = env().DATABASE_URL;
    await closePools();
    env().DATABASE_URL = "postgres://nobody@127.0.0.1:1/gone";
    try {
      expect(liveResponse().status).toBe(200);
      expect((await readyResponse()).status).toBe(503);
      expect(await (await healthResponse()).json()).toMatchObject({ live: true, ready: false, status: "unavailable" });
    } finally {
      await closePools();
      env().DATABASE_URL = url;
    }
  });
});
