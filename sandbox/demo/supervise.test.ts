import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { isAlive } from "../processes/inspect";
import { dataFiles } from "./data-dir";
import { endOrphans, openProcessesFile, runningSupervisor } from "./processes-file";
import { launchCommand, type Part, type Supervised, supervise } from "./supervise";

let folder: string;
let pids: number[];
let restarts: number;
const cleanUp: Supervised[] = [];

const watcher = {
  started: (_name: string, pid: number) => void pids.push(pid),
  restarting: () => void restarts++,
};
const node = (script: string): Part => ({
  name: "part",
  launch: () =>
    launchCommand({
      program: process.execPath,
      args: ["-e", script],
      env: process.env,
      cwd: folder,
      logFile: path.join(folder, "part.log"),
    }),
});
const watch = async (part: Part) => {
  const supervised = await supervise(part, watcher);
  cleanUp.push(supervised);
  return supervised;
};
const log = () => readFileSync(path.join(folder, "part.log"), "utf8");

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "evenkeel-supervise-"));
  pids = [];
  restarts = 0;
});
afterEach(async () => {
  for (const part of cleanUp.splice(0)) await part.stop();
  rmSync(folder, { recursive: true });
});

test("a part that is killed is started again", async () => {
  await watch(node("setInterval(() => {}, 1000)"));
  process.kill(pids[0] as number, "SIGKILL");
  await vi.waitFor(() => expect(pids).toHaveLength(2), { timeout: 5_000 });
  expect(isAlive(pids[0] as number)).toBe(false);
  expect(isAlive(pids[1] as number)).toBe(true);
});

test("a part that keeps dying is started later and later", async () => {
  await watch(node("process.exit(1)"));
  await pause(1_500);
  await vi.waitFor(() => expect(restarts).toBeGreaterThan(1), 10_000);
  expect(restarts).toBeLessThan(8);
});

test("stopping asks first, ends the children too, and does not start again", async () => {
  const child = "require('child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])";
  const part = await watch(
    node(
      `const c = ${child}; console.log(c.pid); process.on("SIGTERM", () => { console.log("asked"); process.exit(0) }); setInterval(() => {}, 1000)`,
    ),
  );
  await vi.waitFor(() => expect(log()).toMatch(/\d+\n/), { timeout: 5_000 });
  await part.stop();
  expect(log()).toContain("asked");
  expect(pids).toHaveLength(1);
  await vi.waitFor(() => expect(isAlive(Number.parseInt(log(), 10))).toBe(false), { timeout: 2_000 });
});

test("a part that does not listen is killed", async () => {
  const part = await watch(node("process.on('SIGTERM', () => {}); console.log('up'); setInterval(() => {}, 1000)"));
  await vi.waitFor(() => expect(log()).toContain("up"), { timeout: 5_000 });
  await part.stop({ patienceMs: 300 });
  expect(isAlive(pids[0] as number)).toBe(false);
});

test("what a killed demo left running is found and ended, and nothing else", async () => {
  const files = dataFiles(folder);
  const file = openProcessesFile(files);
  const orphan = await node("setInterval(() => {}, 1000)").launch();
  file.set("app", orphan.pid);
  file.set("supervisor", process.ppid);
  expect(runningSupervisor(files)).toBe(process.ppid);
  expect(await endOrphans(files)).toEqual(["app"]);
  expect(isAlive(orphan.pid)).toBe(false);
  expect(isAlive(process.ppid)).toBe(true);

  const stranger = await node("setInterval(() => {}, 1000)").launch();
  file.set("mail", stranger.pid);
  const recorded = readFileSync(files.processes, "utf8").replaceAll(/"mark": "[^"]*"/g, '"mark": "1"');
  writeFileSync(files.processes, recorded);
  expect(await endOrphans(files)).toEqual([]);
  expect(isAlive(stranger.pid)).toBe(true);
  process.kill(stranger.pid, "SIGKILL");
});
