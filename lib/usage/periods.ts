import { TZDate } from "@date-fns/tz";
import { addMonths, differenceInCalendarMonths } from "date-fns";

/** From the first instant on, up to but without the last. */
export type Period = { start: Date; end: Date };

const monthsAfter = (anchor: Date, months: number) =>
  new Date(addMonths(new TZDate(anchor.getTime(), "UTC"), months).getTime());

/**
 * The month of quotas around an instant, counted from the anchor in UTC as Stripe counts billing periods: one anchored on the
 * 31st ends on the last day of shorter months and on the 31st again after them.
 */
export function usageMonth(anchor: Date, at: Date): Period {
  let months = differenceInCalendarMonths(new TZDate(at.getTime(), "UTC"), new TZDate(anchor.getTime(), "UTC"));
  if (monthsAfter(anchor, months) > at) months -= 1;
  return { start: monthsAfter(anchor, months), end: monthsAfter(anchor, months + 1) };
}

/**
 * The period that usage belongs to: the one that was opened around it, else the month of the anchor, cut where a period opened
 * before or after it begins. A change of the billing date moves the anchor; what was opened under the old one stays.
 * @param opened periods of the same subscription, in any order
 */
export function periodFor(anchor: Date, opened: readonly Period[], at: Date): Period {
  const around = opened.find((period) => period.start <= at && at < period.end);
  if (around) return around;
  const month = usageMonth(anchor, at);
  return opened.reduce(
    (cut, period) => ({
      start: period.end <= at && period.end > cut.start ? period.end : cut.start,
      end: period.start > at && period.start < cut.end ? period.start : cut.end,
    }),
    month,
  );
}
