import { setTimeout as pause } from "node:timers/promises";

interface Wait {
  name: string;
  url: string;
  /** Whether an answer means that it is ready; by default any with a status below 500. */
  accept?: (answer: Response) => boolean | Promise<boolean>;
  limitMs?: number;
  ending?: AbortSignal;
}

/** Asks until it answers as wanted. @throws Error when it has not within the limit (a minute), naming the last answer */
export async function waitFor({
  name,
  url,
  accept = (answer) => answer.status < 500,
  limitMs = 60_000,
  ending,
}: Wait): Promise<void> {
  const deadline = performance.now() + limitMs;
  let last = "no answer";
  while (performance.now() < deadline) {
    ending?.throwIfAborted();
    try {
      const answer = await fetch(url, { signal: AbortSignal.timeout(20_000), redirect: "manual" });
      if (await accept(answer)) return;
      last = `status ${answer.status}`;
    } catch (error) {
      last = error instanceof Error ? String(error.cause ?? error.message) : String(error);
    }
    await pause(50);
  }
  throw new Error(`${name} does not answer at ${url}: ${last}`);
}
