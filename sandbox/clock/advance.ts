import { now } from "@/lib/clock";
import { newId } from "@/lib/ids";
import { moveClock } from "./move";
import type { DueState, Participant } from "./participant";

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
const BETWEEN_LOOKS_MS = 15;
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

function isActive(state: DueState): boolean {
  return state.busy || (state.nextDueAt !== null && Date.parse(state.nextDueAt) <= now().getTime());
}

/** Asks everybody; who cannot be reached has nothing to say and is named. */
async function ask(
  participants: readonly Participant[],
  warnings: Set<string>,
  question: "due" | "runDue",
  move: string,
): Promise<DueState[]> {
  return Promise.all(
    participants.map(async (participant) => {
      try {
        return await participant[question](move);
      } catch (error) {
        warnings.add(
          `${participant.name} could not be reached: ${error instanceof Error ? error.message : String(error)}`,
        );
        return { nextDueAt: null, busy: false };
      }
    }),
  );
}

/** Lets everybody run until nothing is due at the present clock. @returns what each has scheduled next */
async function settle(
  participants: readonly Participant[],
  warnings: Set<string>,
  restWithinMs: number,
  move: string,
): Promise<DueState[]> {
  const deadline = performance.now() + restWithinMs;
  for (let quiet = 0; ; ) {
    const states = await ask(participants, warnings, "due", move);
    const active = participants.filter((_, at) => isActive(states[at] ?? { nextDueAt: null, busy: false }));
    quiet = active.length === 0 ? quiet + 1 : 0;
    if (quiet >= QUIET_LOOKS) return states;
    if (active.length > 0 && performance.now() > deadline) {
      warnings.add(
        `${active.map(({ name }) => name).join(" and ")} did not come to rest within ${restWithinMs} ms at ${now().toISOString()}`,
      );
      return states;
    }
    await within(deadline - performance.now(), ask(active, warnings, "runDue", move));
    await pause(BETWEEN_LOOKS_MS);
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
  const warnings = new Set<string>();
  const move = newId();
  for (;;) {
    const patienceMs = warnings.size === 0 ? restWithinMs : Math.min(restWithinMs, REST_AFTER_WARNING_MS);
    const states = await settle(participants, warnings, patienceMs, move);
    const next = earliestAfterNow(states);
    if (now().getTime() >= to.getTime()) break;
    moveClock(next !== null && next < to.getTime() ? new Date(next) : to);
  }
  const warning = [...warnings].join("; ");
  return { now: now().toISOString(), ...(warning && { warning }) };
}
