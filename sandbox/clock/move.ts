import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { now, setClockForTests } from "@/lib/clock";

function offsetIn(file: string): number {
  try {
    const offset = Number(readFileSync(file, "utf8"));
    return Number.isSafeInteger(offset) ? offset : 0;
  } catch {
    return 0;
  }
}

/**
 * Sets the clock of the whole sandbox: the offset in `EVENKEEL_CLOCK_FILE`, replaced in one step. Without that file there is
 * one process only (a test), whose clock then stands still.
 */
export function moveClock(to: Date): void {
  const file = process.env.EVENKEEL_CLOCK_FILE;
  if (!file) {
    setClockForTests(to);
    return;
  }
  const offset = offsetIn(file) + to.getTime() - now().getTime();
  writeFileSync(`${file}.new`, String(offset));
  renameSync(`${file}.new`, file);
}
