import { TZDate } from "@date-fns/tz";
import { addMonths, startOfMonth } from "date-fns";

/** The calendar month around an instant in a time zone: first instant inclusive, last exclusive (UTC instants). */
export function monthAround(at: Date, timeZone: string): { startsAt: Date; endsAt: Date } {
  const start = startOfMonth(new TZDate(at.getTime(), timeZone));
  return { startsAt: new Date(start.getTime()), endsAt: new Date(addMonths(start, 1).getTime()) };
}

/** The calendar day of an instant in a time zone, `2026-11-21`; names a window in a notice's key. */
export function dayName(at: Date, timeZone: string): string {
  return new Intl.DateTimeFormat("en-CA", { timeZone, dateStyle: "short" }).format(at);
}

/** The calendar month of an instant in a time zone, `2026-11`. */
export const monthName = (at: Date, timeZone: string): string => dayName(at, timeZone).slice(0, 7);
