import { isAlive, startMark } from "../processes/inspect";
import { stopProcess } from "../processes/stop";
import { type DataFiles, readJson, writeJson } from "./data-dir";

interface Entry {
  name: string;
  pid: number;
  /** Tells this process from a later one with the same id. */
  mark: string | null;
}

/** The processes of this demo, on disk from the moment they start: a later start must know them if this one is killed. */
export function openProcessesFile(files: DataFiles) {
  const entries = new Map<string, Entry>();
  return {
    set(name: string, pid: number) {
      entries.set(name, { name, pid, mark: startMark(pid) });
      writeJson(files.processes, [...entries.values()]);
    },
    list: () => [...entries.values()].map(({ name, pid }) => ({ name, pid })),
  };
}

export type ProcessesFile = ReturnType<typeof openProcessesFile>;

const stillTheSame = (entry: Entry) => entry.mark !== null && isAlive(entry.pid) && startMark(entry.pid) === entry.mark;

/** The process id of another demo that is at work in this folder, or null. */
export function runningSupervisor(files: DataFiles): number | null {
  const entry = readJson<Entry[]>(files.processes)?.find((e) => e.name === "supervisor");
  return entry && entry.pid !== process.pid && stillTheSame(entry) ? entry.pid : null;
}

/** Ends what a demo that was killed has left running in this folder. @returns the names of what was ended */
export async function endOrphans(files: DataFiles): Promise<string[]> {
  const orphans = (readJson<Entry[]>(files.processes) ?? []).filter((e) => e.name !== "supervisor" && stillTheSame(e));
  for (const { name, pid } of orphans.toReversed()) {
    await stopProcess(pid, { group: true, signal: name === "postgres" ? "SIGINT" : "SIGTERM", patienceMs: 5_000 });
  }
  return orphans.map((orphan) => orphan.name);
}
