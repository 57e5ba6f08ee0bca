import { now } from "@/lib/clock";
import { newId } from "@/lib/ids";
import { moveClock } from "./move";
import type { DueState, Participant } from "./participant";
import { Round } from "./round";

export interface Advanced {
  /** The clock afterwards (ISO instant). */
  now: string;
  /** What did not come to rest or could not be reached. */
  warning?: string;
}

interface Options {
  /** Longest wait for one step to come to rest, in real milliseconds. */
  restWithinMs?: number;
}

const REST_WITHIN_MS = 60_000;
/** The patience left once something did not rest: a month has many steps. */
const REST_AFTER_WARNING_MS = 2_000;
const BETWEEN_LOOKS_MS = 4;
/** Work may be on its way between two parts while both look idle, so they are asked twice. */
const QUIET_LOOKS = 2;

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Waits for work, but no longer than given. */
async function within(ms: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise((resolve) => {
    timer = setTimeout(resolve, Math.max(0, ms));
  });
  await Promise.race([work, timeout]);
  clearTimeout(timer);
}

/** Lets everybody run until nothing is due at the present clock. @returns what each has scheduled next */
async function settle(round: Round, restWithinMs: number): Promise<readonly DueState[]> {
  const deadline = performance.now() + restWithinMs;
  for (let quiet = 0; ; ) {
    // What is known to be due need not be asked about first.
    while (round.active().length > 0) {
      quiet = 0;
      if (performance.now() > deadline) {
        const names = round.active().map(({ name }) => name);
        round.warn(`${names.join(" and ")} did not come to rest within ${restWithinMs} ms at ${now().toISOString()}`);
        return round.states;
      }
      await within(deadline - performance.now(), round.run());
      await round.look();
      if (round.active().length > 0) await pause(BETWEEN_LOOKS_MS);
    }
    if (++quiet >= QUIET_LOOKS) return round.states;
    await pause(BETWEEN_LOOKS_MS);
    await round.look();
  }
}

function earliestAfterNow(states: readonly DueState[]): number | null {
  const present = now().getTime();
  const times = states
    .flatMap(({ nextDueAt }) => (nextDueAt ? [Date.parse(nextDueAt)] : []))
    .filter((at) => at > present);
  return times.length === 0 ? null : Math.min(...times);
}

/**
 * Moves the clock of the sandbox to `to`, step by step: always to whatever falls due next in any part, letting everybody come
 * to rest before the next step, so that a week happens in the order in which it would have happened.
 * @throws RangeError when `to` lies in the past
 */
export async function advanceClock(
  to: Date,
  participants: readonly Participant[],
  { restWithinMs = REST_WITHIN_MS }: Options = {},
): Promise<Advanced> {
  if (to.getTime() < now().getTime())
    throw new RangeError(`the clock cannot go back: it is ${now().toISOString()} already`);
  const round = new Round(participants, newId(), to);
  await round.look();
  for (;;) {
    const states = await settle(round, round.warning ? Math.min(restWithinMs, REST_AFTER_WARNING_MS) : restWithinMs);
    const next = earliestAfterNow(states);
    if (now().getTime() >= to.getTime()) break;
    moveClock(next !== null && next < to.getTime() ? new Date(next) : to);
  }
  return { now: now().toISOString(), ...(round.warning && { warning: round.warning }) };
}
