import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { freePort } from "../../sandbox/processes/ports";
import { clockFile } from "./demo-files";

const ROOT = path.resolve(import.meta.dirname, "../..");
export const START_LIMIT_MS = 6 * 60_000;

interface StartedDemo {
  /** Its demo.json. */
  file: string;
  stop(): Promise<void>;
}

/** Starts a demo on free ports and in a temporary folder. @param name of the folder that its logs are kept in */
export async function startOne(name: string): Promise<StartedDemo> {
  const folder = mkdtempSync(path.join(tmpdir(), "evenkeel-e2e-"));
  const file = path.join(folder, "demo.json");
  const output = path.join(folder, "demo.log");
  const log = openSync(output, "a");
  const args = ["--import", "tsx", "sandbox/demo.ts", "--data", folder, "--port", String(await freePort())];
  const child = spawn(process.execPath, args, { cwd: ROOT, env: withoutParts(), stdio: ["ignore", log, log] });
  const ended = new Promise<void>((done) => child.once("exit", () => done()));

  const deadline = performance.now() + START_LIMIT_MS;
  while (!existsSync(file)) {
    if (child.exitCode !== null || performance.now() > deadline) {
      child.kill("SIGTERM");
      throw new Error(`The demo did not become ready:\n${readFileSync(output, "utf8")}`);
    }
    await pause(100);
  }
  return {
    file,
    async stop() {
      child.kill("SIGTERM");
      await ended;
      cpSync(path.join(folder, "logs"), path.join(ROOT, "test-results", name), { recursive: true });
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/**
 * Playwright's global set-up: the demo that the journeys share, ended afterwards.
 * EVENKEEL_DEMO_FILE=…/demo.json runs the tests against one that is up already.
 */
export default async function startDemo() {
  if (process.env.EVENKEEL_DEMO_FILE) return shareClock();
  const { file, stop } = await startOne("demo-logs");
  process.env.EVENKEEL_DEMO_FILE = file;
  shareClock();
  return stop;
}

/** The product's code in the tests reads the demo's clock: what a test writes must not lie in the demo's past. */
export function shareClock(): void {
  process.env.EVENKEEL_CLOCK_FILE = clockFile();
}

/** The embedded parts, whatever this shell is set to; Stripe alone may be the real one, in test mode. */
function withoutParts(): NodeJS.ProcessEnv {
  const { DATABASE_URL: _database, INNGEST_BASE_URL: _inngest, SMTP_URL: _smtp, ...env } = process.env;
  return env as NodeJS.ProcessEnv;
}
