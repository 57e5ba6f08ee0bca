import { retryNewMethods } from "./method-added";
import { runDueSteps } from "./steps";
import { takeOverLeft } from "./take-over";

const BATCH = 200;

/** Keeps the timetables: what is due now, and what a lost event has left behind. */
export async function runDunning(): Promise<{ takenOver: number; retried: number; steps: number }> {
  return {
    takenOver: await takeOverLeft(BATCH),
    retried: await retryNewMethods(BATCH),
    steps: await runDueSteps(BATCH),
  };
}
