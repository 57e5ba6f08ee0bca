import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Inngest } from "inngest";
import { afterAll, beforeAll, expect, test } from "vitest";
import { useTestDatabase } from "@/db/testing";
import type { RunSummary } from "./state/overview";
import { startTestServer, type TestServer, testClient } from "./testing/app";

const database = useTestDatabase();
const folder = mkdtempSync(join(tmpdir(), "executor-"));
const clockFile = join(folder, "clock");
const effects: string[] = [];

function functions(inngest: Inngest) {
  const long = inngest.createFunction({ id: "long", triggers: { event: "t/long" } }, async ({ step, event }) => {
    for (let n = 0; n < 5; n++) {
      await step.run(`step-${n}`, async () => {
        await new Promise((resolve) => setTimeout(resolve, 20));
        effects.push(`${event.data.run}/${n}`);
      });
      if (n === 2) await step.sleep("night", "8h");
    }
    return event.data.run;
  });
  return [long];
}

let app: TestServer;
let child: ChildProcess;
let url = "";

/** The executor as a process of its own, as the demo starts it. */
async function startProcess(): Promise<void> {
  const port = url ? new URL(url).port : "0";
  child = spawn(
    process.execPath,
    [
      "--import",
      "tsx",
      "sandbox/inngest/main.ts",
      "--port",
      port,
      "--database-url",
      database.url,
      "--app-url",
      app.url,
    ],
    { env: { ...process.env, EVENKEEL_CLOCK_FILE: clockFile }, stdio: ["ignore", "pipe", "inherit"] },
  );
  url = await new Promise<string>((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`the executor ended with ${code}`)));
    child.stdout?.on("data", (chunk: Buffer) => {
      const listening = chunk.toString().match(/listening on (\S+)/);
      if (listening?.[1]) resolve(listening[1]);
    });
  });
}

async function killProcess(): Promise<void> {
  const gone = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGKILL");
  await gone;
}

function moveClock(offsetMs: number): void {
  writeFileSync(`${clockFile}.new`, String(offsetMs));
  renameSync(`${clockFile}.new`, clockFile);
}

async function runs(): Promise<RunSummary[]> {
  const body = (await (await fetch(`${url}/_sandbox/runs?limit=100`)).json()) as { data: RunSummary[] };
  return body.data;
}

async function due(): Promise<{ nextDueAt: string | null; busy: boolean }> {
  return (await (await fetch(`${url}/_sandbox/due`)).json()) as { nextDueAt: string | null; busy: boolean };
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const giveUpAt = performance.now() + 20_000;
  while (!(await holds())) {
    if (performance.now() > giveUpAt) throw new Error(`waited in vain; ${effects.join(" ")}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

beforeAll(async () => {
  moveClock(0);
  app = await startTestServer();
  await startProcess();
  const client = testClient({ baseUrl: url });
  app.serve(client, functions(client));
});
afterAll(async () => {
  await killProcess();
  await app.kill();
  rmSync(folder, { recursive: true });
});

test("killed at any moment, again and again, it loses no run and repeats at most the step that was open", async () => {
  const kills = 4;
  await testClient({ baseUrl: url }).send(Array.from({ length: 10 }, (_, run) => ({ name: "t/long", data: { run } })));
  for (let n = 0; n < kills; n++) {
    const before = effects.length;
    await until(() => effects.length >= Math.min(before + 4, 30));
    await killProcess();
    await startProcess();
  }
  // Asleep, all ten: a sleep counts from when it was reported.
  await until(async () => new Set(effects).size === 30 && !(await due()).busy);
  moveClock(8 * 3_600_000);
  await until(() => effects.some((effect) => effect.endsWith("/3")));
  await killProcess();
  await startProcess();
  await until(async () => (await runs()).every((run) => run.status === "completed"));
  expect(await runs()).toHaveLength(10);
  expect(new Set(effects).size).toBe(50);
  // Each kill can catch one open step of each run; everything else ran once.
  expect(effects.length).toBeLessThanOrEqual(50 + 10 * (kills + 1));
  const repeats = effects.filter((effect, index) => effects.indexOf(effect) !== index);
  expect(repeats.length).toBeLessThan(effects.length / 2);
});
