import { TZDate } from "@date-fns/tz";
import { addDays, addMonths, startOfDay, startOfMonth } from "date-fns";

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

/** The first instant of a calendar day in a time zone. @param day `2026-11-21` */
export const startOfDayNamed = (day: string, timeZone: string): Date =>
  new Date(startOfDay(new TZDate(`${day}T12:00:00`, timeZone)).getTime());

/** The first instant after a calendar day in a time zone. @param day `2026-11-21` */
export const endOfDayNamed = (day: string, timeZone: string): Date =>
  new Date(addDays(startOfDay(new TZDate(`${day}T12:00:00`, timeZone)), 1).getTime());
