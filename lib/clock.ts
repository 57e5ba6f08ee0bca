import { readFileSync } from "node:fs";

// Kept: to look into the environment takes longer than all else here, and the time is asked for several times in each request.
let file: string | undefined;

/**
 * The only place that reads the time. In production it is the system's clock.
 * On the embedded stack `EVENKEEL_CLOCK_FILE` names a file that holds an offset in milliseconds, shared by the app, the
 * jobs and the stand-ins, so that all of them move together the moment the file is replaced.
 */
function offsetMs(): number {
  // biome-ignore lint/style/noProcessEnv: lib/env imports this module for its own validation time
  file ??= process.env.EVENKEEL_CLOCK_FILE ?? "";
  if (file === "") return 0;
  try {
    // A build is told not to look for it: it would take the whole folder along.
    const offset = Number(readFileSync(/* turbopackIgnore: true */ file, "utf8"));
    return Number.isSafeInteger(offset) ? offset : 0;
  } catch {
    return 0;
  }
}

let fixed: Date | null = null;

/** The current time (UTC instant). */
export function now(): Date {
  return fixed ? new Date(fixed) : new Date(Date.now() + offsetMs());
}

/** Sets the time for tests in this process; `null` returns to the real clock. */
export function setClockForTests(at: Date | string | null): void {
  fixed = at === null ? null : new Date(at);
}

/** Moves the test clock forward. @param ms milliseconds */
export function advanceClockForTests(ms: number): void {
  fixed = new Date(now().getTime() + ms);
}
