import { readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { commandOf, isAlive } from "../processes/inspect";
import { stopProcess } from "../processes/stop";

function lines(dataDir: string): string[] {
  try {
    return readFileSync(path.join(dataDir, "postmaster.pid"), "utf8").split("\n");
  } catch {
    return [];
  }
}

/** Whether the server with this process id has written that it accepts connections (line 8 of its lock file). */
export function isReady(dataDir: string, pid: number): boolean {
  const file = lines(dataDir);
  return Number(file[0]) === pid && file[7]?.trim() === "ready";
}

/**
 * Ends a server that still runs on this data folder, and takes away a lock file that names a process of another kind:
 * process ids are used again after a crash, and PostgreSQL would then refuse to start.
 */
export async function releaseDataDir(dataDir: string): Promise<void> {
  const pid = Number(lines(dataDir)[0]);
  if (!pid || !isAlive(pid)) return;
  if (/postgres(\.exe)? -D /.test(commandOf(pid) ?? ""))
    await stopProcess(pid, { signal: "SIGINT", patienceMs: 20_000 });
  else rmSync(path.join(dataDir, "postmaster.pid"), { force: true });
}
