import type { FunctionDefinition } from "../wire/config";
import { isRecord } from "../wire/types";
import { Schedule } from "./schedule";

export interface Tick {
  key: string;
  fnId: string;
  cron: string;
  /** Milliseconds since the epoch, on the product's clock. */
  at: number;
}

interface Quiet {
  /** Nothing to do before this instant; null: nothing foreseen. */
  until: number | null;
  /** {@link CronTable} activity when that was said. */
  activity: number;
}

/** A move of the clock, as far as crons care. */
interface Moved {
  /** Where it ends, milliseconds since the epoch; null when that is not known. */
  until: number | null;
}

interface Entry extends Tick {
  schedule: Schedule;
  /** Ticks up to here have fired, or are missed for good. */
  considered: number;
  next: number | null;
  quiet: Quiet | null;
  /** The last tick before the end of a move, kept because finding it takes time. */
  last: { until: number; at: number | null } | null;
}

/**
 * When cron functions are due. Kept in memory; the last tick that fired is in the table `crons`.
 * However many ticks were missed, only the latest fires.
 */
export class CronTable {
  #entries: Entry[] = [];
  #activity = 0;
  /** When runs that did nothing asked for another look, by the name of the function that should look. */
  #looks: { fn: string; at: number }[] = [];

  /** @param lastTicks the last tick fired by key (milliseconds); a cron that is new counts from `nowMs` */
  replace(functions: readonly FunctionDefinition[], lastTicks: ReadonlyMap<string, number>, nowMs: number): void {
    const known = new Map(this.#entries.map((entry) => [entry.key, entry]));
    this.#entries = functions.flatMap((fn) =>
      fn.triggers.flatMap(({ cron }) => {
        if (!cron) return [];
        const key = cronKey(fn.id, cron);
        const schedule = new Schedule(cron);
        const considered = known.get(key)?.considered ?? lastTicks.get(key) ?? nowMs;
        return [
          {
            key,
            fnId: fn.id,
            cron,
            at: 0,
            schedule,
            considered,
            next: schedule.nextAfter(considered),
            quiet: null,
            last: null,
          },
        ];
      }),
    );
  }

  /** An event was received, or a run that no cron started did something: what cron functions foresaw no longer holds. */
  noteActivity(): void {
    this.#activity++;
  }

  forgetQuiet(): void {
    this.noteActivity();
  }

  /** A cron run's return value may say `{ quietUntil: ISO | null }`: no work is foreseen until then. */
  finished(fnId: string, result: unknown): void {
    const quiet = readQuiet(result, this.#activity);
    for (const entry of this.#entries) if (entry.fnId === fnId) entry.quiet = quiet;
  }

  /**
   * A run of another kind may say `{ quietUntil: ISO | null, quietFor: name }`: it has changed nothing, and only that cron has to look
   * again, and not before. @returns whether it said so
   */
  foreseen(result: unknown): boolean {
    const quiet = readQuiet(result, this.#activity);
    const fn = isRecord(result) ? result.quietFor : null;
    if (!quiet || typeof fn !== "string") return false;
    if (quiet.until !== null) this.#looks.push({ fn, at: quiet.until });
    return true;
  }

  /** Takes what is due: at most the latest tick of each cron. @param moved skip ticks in a foreseen quiet time of this move */
  takeDue(nowMs: number, moved: Moved | null): Tick[] {
    const due: Tick[] = [];
    this.#looks = this.#looks.filter((look) => this.#entries.some((entry) => isAhead(look, entry)));
    for (const entry of this.#entries) {
      if (entry.next === null || entry.next > nowMs) continue;
      const at = entry.schedule.latestUpTo(nowMs) ?? entry.next;
      const skipped = moved !== null && this.#isSkipped(entry, at, moved);
      entry.considered = at;
      entry.next = entry.schedule.nextAfter(at);
      if (!skipped) due.push({ key: entry.key, fnId: entry.fnId, cron: entry.cron, at });
    }
    return due;
  }

  /** The earliest tick to come; it may be in the past. */
  nextDueAt(moved: Moved | null): number | null {
    let earliest: number | null = null;
    for (const entry of this.#entries) {
      const next = moved ? this.#nextNotSkipped(entry, moved) : entry.next;
      if (next !== null && (earliest === null || next < earliest)) earliest = next;
    }
    return earliest;
  }

  #nextNotSkipped(entry: Entry, moved: Moved): number | null {
    if (entry.next === null || !this.#isSkipped(entry, entry.next, moved)) return entry.next;
    const until = this.#quietUntil(entry);
    const afterQuiet = until === null ? null : entry.schedule.nextAfter(until - 1);
    const last = lastTick(entry, moved);
    return afterQuiet === null || (last !== null && last < afterQuiet) ? last : afterQuiet;
  }

  /** The last tick before a move ends is never skipped: afterwards everything looks as if time had passed by itself. */
  #isSkipped(entry: Entry, at: number, moved: Moved): boolean {
    if (entry.quiet?.activity !== this.#activity) return false;
    const until = this.#quietUntil(entry);
    return (until === null || at < until) && at !== lastTick(entry, moved);
  }

  /** The end of what the cron foresaw itself, or of what others foresaw for it since its last tick. */
  #quietUntil(entry: Entry): number | null {
    const looks = this.#looks.filter((look) => isAhead(look, entry)).map(({ at }) => at);
    const all = [entry.quiet?.until ?? null, ...looks].filter((at) => at !== null);
    return all.length ? Math.min(...all) : null;
  }
}

/** Whether a cron that was asked to look has not had a tick since. Ids are made of the app's name and the function's. */
function isAhead(look: { fn: string; at: number }, entry: Entry): boolean {
  return entry.fnId.endsWith(`-${look.fn}`) && look.at > entry.considered;
}

/** The last tick of a move, unless it is over. */
function lastTick(entry: Entry, { until }: Moved): number | null {
  if (until === null) return null;
  if (entry.last?.until !== until) entry.last = { until, at: entry.schedule.latestUpTo(until) };
  const { at } = entry.last;
  return at !== null && at > entry.considered ? at : null;
}

export function cronKey(fnId: string, cron: string): string {
  return `${fnId}|${cron}`;
}

function readQuiet(result: unknown, activity: number): Quiet | null {
  if (!isRecord(result) || !("quietUntil" in result)) return null;
  if (result.quietUntil === null) return { until: null, activity };
  const until = Date.parse(String(result.quietUntil));
  return Number.isNaN(until) ? null : { until, activity };
}
