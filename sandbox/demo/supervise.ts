import { spawn } from "node:child_process";
import { closeSync, openSync, renameSync, statSync } from "node:fs";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { stopProcess } from "../processes/stop";

export interface Launched {
  pid: number;
  /** Resolves when the process has ended. */
  exited: Promise<unknown>;
}

export interface Part {
  name: string;
  launch(): Launched | Promise<Launched>;
  stopSignal?: NodeJS.Signals;
}

export interface Supervised {
  name: string;
  /** @param options.patienceMs how long it may take to end by itself before it is killed */
  stop(options?: { patienceMs?: number }): Promise<void>;
}

interface Watcher {
  started(name: string, pid: number): void;
  restarting(name: string): void;
}

const STEADY_MS = 10_000;
const BACK_OFF_MS = [0, 250, 500, 1_000, 2_000, 5_000, 10_000];

/** Starts a part and starts it again whenever it ends by itself: at once, and later and later when it keeps dying. */
export async function supervise(part: Part, watcher: Watcher): Promise<Supervised> {
  let stopping = false;
  let current = await launch();

  async function launch(): Promise<Launched> {
    const launched = await part.launch();
    watcher.started(part.name, launched.pid);
    return launched;
  }

  async function keepAlive(): Promise<void> {
    let deaths = 0;
    while (!stopping) {
      const since = performance.now();
      await current.exited;
      if (stopping) return;
      deaths = performance.now() - since > STEADY_MS ? 0 : deaths;
      watcher.restarting(part.name);
      // What the dead process had started must not hold its port or its files.
      await stopProcess(current.pid, { group: true, patienceMs: 0 });
      await pause(BACK_OFF_MS[Math.min(deaths++, BACK_OFF_MS.length - 1)]);
      if (stopping) return;
      current = await launch().catch((error: unknown) => {
        console.error(`${part.name} could not be started: ${error instanceof Error ? error.message : error}`);
        return { pid: current.pid, exited: Promise.resolve() };
      });
    }
  }
  const ended = keepAlive();

  return {
    name: part.name,
    async stop({ patienceMs = 10_000 } = {}) {
      stopping = true;
      await stopProcess(current.pid, { group: true, signal: part.stopSignal, patienceMs });
      // A start that was under way while we were asked to stop has a process of its own by now.
      await Promise.race([ended, pause(2_000)]);
      await stopProcess(current.pid, { group: true, patienceMs: 0 });
    },
  };
}

export interface Command {
  program: string;
  args: string[];
  env: Record<string, string | undefined>;
  cwd: string;
  logFile: string;
}

/** Starts a program in a process group of its own, its output appended to a log file. */
export function launchCommand({ program, args, env, cwd, logFile }: Command): Launched {
  const log = openSync(logFile, "a");
  const child = spawn(program, args, {
    cwd,
    env: env as NodeJS.ProcessEnv,
    stdio: ["ignore", log, log],
    detached: true,
  });
  closeSync(log);
  const exited = new Promise<void>((done) => {
    child.once("exit", () => done());
    child.once("error", () => done());
  });
  if (child.pid === undefined) throw new Error(`${path.basename(program)} could not be started`);
  return { pid: child.pid, exited };
}

/** Keeps logs from growing for ever: one older file is kept. */
export function rotateLog(logFile: string): void {
  const size = statSync(logFile, { throwIfNoEntry: false })?.size ?? 0;
  if (size > 10 * 1024 * 1024) renameSync(logFile, `${logFile}.1`);
}
