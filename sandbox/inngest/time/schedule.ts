import { CronPattern } from "./cron-pattern";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** Clocks are put back by less than this; whatever they repeat lies within. */
const REPEATED_MS = 3 * HOUR_MS;
/** How far to look back for the latest match, in turn. */
const LOOK_BACK_MS = [HOUR_MS, DAY_MS, 8 * DAY_MS, 32 * DAY_MS, 370 * DAY_MS, 8 * 366 * DAY_MS];

/**
 * A cron in a time zone, over daylight-saving changes as on the server: it fires at every instant whose local time matches, so
 * what is meant for the hour that clocks skip is left out that day, and what is meant for the hour that they repeat fires twice.
 */
export class Schedule {
  readonly #pattern: CronPattern;
  /** Null: UTC, where no clock is ever changed. */
  readonly #localTime: Intl.DateTimeFormat | null;

  /**
   * @param text such as `0 3 * * *` or `TZ=Area/City 0 3 * * *`; without a zone it is UTC
   * @throws Error that says what cannot be read
   */
  constructor(text: string) {
    const match = text.trim().match(/^(?:(?:CRON_)?TZ=(\S+)\s+)?(.*)$/);
    this.#pattern = new CronPattern(match?.[2] ?? "");
    const timeZone = match?.[1];
    this.#localTime = timeZone
      ? new Intl.DateTimeFormat("en-US", {
          timeZone,
          hourCycle: "h23",
          year: "numeric",
          month: "numeric",
          day: "numeric",
          hour: "numeric",
          minute: "numeric",
          second: "numeric",
        })
      : null;
  }

  /** @param afterMs milliseconds since the epoch @returns the first match after it, or null when there is none */
  nextAfter(afterMs: number): number | null {
    let from = afterMs;
    let offset = this.#offsetAt(from);
    for (;;) {
      const wall = this.#pattern.next(from + offset);
      if (wall === null) return null;
      const at = wall - offset;
      const change = this.#firstChange(from, at, offset);
      if (change === null) return at;
      from = change - 1;
      offset = this.#offsetAt(change);
    }
  }

  /** @returns the last match that is not after `nowMs`, or null when there was none for years */
  latestUpTo(nowMs: number): number | null {
    for (const back of LOOK_BACK_MS) {
      let latest: number | null = null;
      for (let at = this.nextAfter(nowMs - back); at !== null && at <= nowMs; at = this.nextAfter(at)) latest = at;
      if (latest !== null) return latest;
    }
    return null;
  }

  /** The first instant after `from` and not after `to` at which clocks show another offset. */
  #firstChange(from: number, to: number, offset: number): number | null {
    const near = Math.min(from + REPEATED_MS, to);
    let [before, after] = this.#offsetAt(near) === offset ? [near, to] : [from, near];
    if (this.#offsetAt(after) === offset) return null;
    while (after - before > 1) {
      const middle = Math.floor((before + after) / 2);
      if (this.#offsetAt(middle) === offset) before = middle;
      else after = middle;
    }
    return after;
  }

  /** Local time less UTC, milliseconds. */
  #offsetAt(ms: number): number {
    if (!this.#localTime) return 0;
    const parts = this.#localTime.formatToParts(ms);
    const part = (type: string) => Number(parts.find((one) => one.type === type)?.value);
    const local = Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second"));
    return local - Math.floor(ms / 1000) * 1000;
  }
}
