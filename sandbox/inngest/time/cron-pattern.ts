const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** Leap days are at most eight years apart. */
const LONGEST_GAP_DAYS = 8 * 366;

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const WEEKDAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

const FIELDS = [
  { name: "minute", least: 0, most: 59, words: [] },
  { name: "hour", least: 0, most: 23, words: [] },
  { name: "day of the month", least: 1, most: 31, words: [] },
  { name: "month", least: 1, most: 12, words: MONTHS },
  { name: "day of the week", least: 0, most: 6, words: WEEKDAYS },
];

type Field = (typeof FIELDS)[number];

interface Matches {
  values: ReadonlySet<number>;
  /** Given as `*` or `?`: a day then need not match the other of the two day fields' list. */
  any: boolean;
}

/**
 * A five-field cron in the grammar of the server's parser: lists, ranges, steps and names; no seconds, no `L`, `W` or `#`, Sunday
 * is 0. When both days are restricted, either is enough.
 */
export class CronPattern {
  readonly #fields: Matches[];

  /** @throws Error that names the field which cannot be read */
  constructor(text: string) {
    const parts = text.trim().split(/\s+/);
    if (parts.length !== FIELDS.length) throw new Error("is not a five-field cron, which is all the server takes");
    this.#fields = FIELDS.map((field, at) => readField(parts[at] ?? "", field));
  }

  /**
   * The next match on a wall clock that knows no summer time.
   * @param afterMs a wall time, as if it were UTC; what is returned is later
   * @returns null when nothing matches, as on 31 February
   */
  next(afterMs: number): number | null {
    const [minutes, hours] = this.#fields;
    const from = Math.floor(afterMs / MINUTE_MS) * MINUTE_MS + MINUTE_MS;
    const firstDay = Math.floor(from / DAY_MS) * DAY_MS;
    for (let day = firstDay; day <= firstDay + LONGEST_GAP_DAYS * DAY_MS; day += DAY_MS) {
      if (!this.#isDay(new Date(day))) continue;
      const start = day === firstDay ? (from - day) / MINUTE_MS : 0;
      for (let minute = start; minute < 1440; minute++) {
        if (!hours?.values.has(Math.floor(minute / 60))) minute += 59 - (minute % 60);
        else if (minutes?.values.has(minute % 60)) return day + minute * MINUTE_MS;
      }
    }
    return null;
  }

  #isDay(day: Date): boolean {
    const [, , days, months, weekdays] = this.#fields;
    if (!days || !weekdays || !months?.values.has(day.getUTCMonth() + 1)) return false;
    const inMonth = days.values.has(day.getUTCDate());
    const inWeek = weekdays.values.has(day.getUTCDay());
    return days.any || weekdays.any ? inMonth && inWeek : inMonth || inWeek;
  }
}

function readField(text: string, field: Field): Matches {
  const values = new Set<number>();
  let any = false;
  for (const part of text.split(",")) {
    const [range = "", step] = part.split("/");
    const wild = range === "*" || range === "?";
    const [first = "", last] = range.split("-");
    const from = wild ? field.least : readValue(first, field);
    const to = wild || (last === undefined && step !== undefined) ? field.most : readValue(last ?? first, field);
    const by = step === undefined ? 1 : Number(/^\d+$/.test(step) ? step : Number.NaN);
    if (part.split("/").length > 2 || range.split("-").length > 2 || !(by >= 1) || from > to)
      throw new Error(`'${part}' is not a ${field.name}`);
    for (let value = from; value <= to; value += by) values.add(value);
    any ||= wild && by === 1;
  }
  return { values, any };
}

function readValue(text: string, { name, least, most, words }: Field): number {
  const word = words.indexOf(text.toLowerCase());
  const value = word >= 0 ? word + least : Number(/^\d+$/.test(text) ? text : Number.NaN);
  if (!(value >= least && value <= most)) throw new Error(`'${text}' is not a ${name} from ${least} to ${most}`);
  return value;
}
