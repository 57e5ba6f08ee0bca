import { appendFileSync, existsSync, readFileSync } from "node:fs";
import type { Inspector } from "../http/inspector";
import { openContract, type Violation } from "./contract";
import { Recorder } from "./recorder";
import { likeness } from "./violations";

const CHECK_EVERY_MS = 250;

export interface Report {
  /** How many answers and events were looked at. */
  checked: number;
  violations: Violation[];
}

/**
 * The check of a stand-in that is a process of its own: what it finds is added to a file, for whoever started the process.
 * @param file JSON, a {@link Report} per line; several processes may add to it
 */
export async function reportTo(file: string): Promise<{ inspector: Inspector; finish(): void }> {
  const known = new Set<string>();
  let violations: Violation[] = [];
  const contract = await openContract((violation) => {
    if (!known.has(likeness(violation))) violations.push(violation);
    known.add(likeness(violation));
  });
  const recorder = new Recorder(contract);
  const check = () => {
    const checked = recorder.check();
    if (checked > 0) appendFileSync(file, `${JSON.stringify({ checked, violations } satisfies Report)}\n`);
    violations = [];
  };
  const timer = setInterval(check, CHECK_EVERY_MS).unref();
  return {
    inspector: recorder,
    finish() {
      clearInterval(timer);
      check();
    },
  };
}

/** All that was added to a file. */
export function readReport(file: string): Report {
  const lines = existsSync(file) ? readFileSync(file, "utf8").split("\n").filter(Boolean) : [];
  const reports = lines.map((line) => JSON.parse(line) as Report);
  return {
    checked: reports.reduce((sum, report) => sum + report.checked, 0),
    violations: reports.flatMap((report) => report.violations),
  };
}
