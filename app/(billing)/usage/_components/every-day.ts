import { dayName } from "@/lib/recharge/calendar";
import type { Period } from "@/lib/usage/periods";

export type DayCount = { day: string; quantity: number };

const DAY_MS = 86_400_000;
/** A month of quotas is never longer, even where clocks are changed in it. */
const MOST_DAYS = 33;

/** Every day of a period in a time zone, those without usage too, so that a chart shows gaps as gaps. */
export function everyDay(used: DayCount[], period: Period, timeZone: string): DayCount[] {
  const quantities = new Map(used.map(({ day, quantity }) => [day, quantity]));
  const last = dayName(new Date(period.end.getTime() - 1), timeZone);
  const days: DayCount[] = [];
  // Noon stays on its day when a clock is changed; the name of the first day is that of the period's first instant.
  let noon = new Date(`${dayName(period.start, timeZone)}T12:00:00Z`);
  while (days.length < MOST_DAYS) {
    const day = noon.toISOString().slice(0, 10);
    if (day > last) break;
    days.push({ day, quantity: quantities.get(day) ?? 0 });
    noon = new Date(noon.getTime() + DAY_MS);
  }
  return days;
}
