import { setTimeout as pause } from "node:timers/promises";
import { isAlive } from "./inspect";

interface StopOptions {
  signal?: NodeJS.Signals;
  /** Real milliseconds to wait before it is killed. */
  patienceMs?: number;
  /** The process leads a group of its own: signal the whole group. */
  group?: boolean;
}

/** Asks a process to end, waits, and kills it when it has not. Resolves once it is gone. */
export async function stopProcess(pid: number, options: StopOptions = {}): Promise<void> {
  const { signal = "SIGTERM", patienceMs = 8_000, group = false } = options;
  send(pid, signal);
  const deadline = performance.now() + patienceMs;
  while (isAlive(pid) && performance.now() < deadline) await pause(20);
  // The leader may be gone while a child of its group is not.
  if (group) send(-pid, "SIGKILL");
  if (isAlive(pid)) send(pid, "SIGKILL");
  while (isAlive(pid)) await pause(20);
}

function send(target: number, signal: NodeJS.Signals): void {
  try {
    process.kill(target, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
