import { TZDate } from "@date-fns/tz";
import { addDays, addMonths, startOfDay, startOfMonth } from "date-fns";

type Month = { startsAt: Date; endsAt: Date };

/** The month of each zone that was asked for last: dates in zones take long, and almost always it is the same month again. */
const months = new Map<string, Month>();

/** The calendar month around an instant in a time zone: first instant inclusive, last exclusive (UTC instants). */
export function monthAround(at: Date, timeZone: string): Month {
  const last = months.get(timeZone);
  if (last && last.startsAt <= at && at < last.endsAt) return last;
  const start = startOfMonth(new TZDate(at.getTime(), timeZone));
  // Again the start, where a month begins later than at midnight because clocks change then.
  const month = {
    startsAt: new Date(start.getTime()),
    endsAt: new Date(startOfMonth(addMonths(start, 1)).getTime()),
  };
  months.set(timeZone, month);
  return month;
}

/** Making a format takes many times as long as using it. */
const dayFormats = new Map<string, Intl.DateTimeFormat>();

/** The calendar day of an instant in a time zone, `2026-11-21`; names a window in a notice's key. */
export function dayName(at: Date, timeZone: string): string {
  const format = dayFormats.get(timeZone) ?? new Intl.DateTimeFormat("en-CA", { timeZone, dateStyle: "short" });
  dayFormats.set(timeZone, format);
  return format.format(at);
}

/** The calendar month of an instant in a time zone, `2026-11`. */
export const monthName = (at: Date, timeZone: string): string => dayName(at, timeZone).slice(0, 7);

/** Noon is on its day wherever clocks change. */
function noonOf(day: string, timeZone: string): TZDate {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  return new TZDate(year, month - 1, date, 12, 0, 0, timeZone);
}

/** The first instant of a calendar day in a time zone. @param day `2026-11-21` */
export const startOfDayNamed = (day: string, timeZone: string): Date =>
  new Date(startOfDay(noonOf(day, timeZone)).getTime());

/** The first instant after a calendar day in a time zone. @param day `2026-11-21` */
export const endOfDayNamed = (day: string, timeZone: string): Date =>
  new Date(startOfDay(addDays(noonOf(day, timeZone), 1)).getTime());
