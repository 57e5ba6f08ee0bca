const DAY_SECONDS = 86_400;

export type Interval = "day" | "month" | "week" | "year";

function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
}

/**
 * So many calendar months later (or earlier), at the same time of day in UTC. A day the month has not becomes its last one;
 * counted from the same start each time, the 31st comes back after a shorter month.
 * @param dayOfMonth the day meant, when the start itself had to be shortened
 */
export function addMonths(unix: number, months: number, dayOfMonth?: number): number {
  const from = new Date(unix * 1000);
  const day = dayOfMonth ?? from.getUTCDate();
  const first = new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + months, 1));
  const year = first.getUTCFullYear();
  const month = first.getUTCMonth();
  const date = Math.min(day, daysInMonth(year, month));
  return Date.UTC(year, month, date) / 1000 + (((unix % DAY_SECONDS) + DAY_SECONDS) % DAY_SECONDS);
}

/** `count` intervals after `unix`; negative counts go back. */
export function addIntervals(unix: number, interval: Interval, count: number, dayOfMonth?: number): number {
  if (interval === "day") return unix + count * DAY_SECONDS;
  if (interval === "week") return unix + count * 7 * DAY_SECONDS;
  return addMonths(unix, interval === "month" ? count : count * 12, dayOfMonth);
}
