import { expect } from "@playwright/test";
import { commandOf, isAlive } from "../../sandbox/processes/inspect";
import { database } from "./database";
import { demo } from "./demo";

export type Part = "app" | "inngest" | "stripe" | "postgres";

function pidOf(part: Part): number {
  const found = demo().processes.find(({ name }) => name === part);
  if (!found) throw new Error(`the demo has no part called ${part}`);
  return found.pid;
}

/** Ends a part of the demo as a power cut would. @returns the process id that is gone */
export async function kill(part: Part): Promise<number> {
  const pid = pidOf(part);
  expect(commandOf(pid), `process ${pid} of demo.json is the ${part} of this demo`).toBeTruthy();
  process.kill(pid, "SIGKILL");
  await expect.poll(() => isAlive(pid)).toBe(false);
  return pid;
}

const answers = async (address: string): Promise<boolean> => (await fetch(address).catch(() => null))?.status === 200;

/** Waits until the supervisor has started everything again and it answers. @param old what `kill` returned */
export async function backAgain(part: Part, old: number): Promise<void> {
  await expect.poll(() => pidOf(part), { timeout: 30_000 }).not.toBe(old);
  const ready = {
    app: () => answers(`${demo().url}/api/health/live`),
    inngest: () => answers(`${demo().inngest.url}/dev`),
    stripe: () => answers(`${demo().stripe.url}/_sandbox/clock`),
    postgres: () => database()`select 1`.then(() => true).catch(() => false),
  };
  await expect.poll(ready[part], { message: `${part} is back`, timeout: 30_000 }).toBe(true);
}
