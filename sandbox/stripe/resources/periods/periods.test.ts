import { describe, expect, test } from "vitest";
import { addIntervals } from "./calendar";
import { nextPeriodEnd, periodAround } from "./periods";

const unix = (iso: string) => Date.parse(iso) / 1000;
const iso = (at: number) => new Date(at * 1000).toISOString().slice(0, 16);

/** Written from the calendar, not from the code under test. */
const LAST_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
function lastDay(year: number, month: number): number {
  return month === 1 && year % 4 === 0 ? 29 : (LAST_DAYS[month] ?? 0);
}

describe("a renewal in every month of four years", () => {
  const days = Array.from({ length: 31 }, (_, at) => at + 1);
  test.each(days)("anchored on day %i", (day) => {
    const anchor = unix(`2027-01-${String(day).padStart(2, "0")}T22:30:15Z`);
    let at = anchor;
    for (let month = 1; month <= 48; month++) {
      at = nextPeriodEnd(anchor, "month", 1, at);
      const year = 2027 + Math.floor(month / 12);
      const expected = new Date(
        Date.UTC(year, month % 12, Math.min(day, lastDay(year, month % 12)), 22, 30, 15),
      ).toISOString();
      expect(new Date(at * 1000).toISOString()).toBe(expected);
    }
  });
});

test("the 31st is the 28th, 29th or 30th where a month is shorter, and the 31st again after it", () => {
  const anchor = unix("2027-01-31T12:00Z");
  const ends = [anchor];
  while (ends.length < 15) ends.push(nextPeriodEnd(anchor, "month", 1, ends.at(-1) ?? 0));
  expect(ends.map((at) => iso(at).slice(5, 10))).toEqual([
    "01-31", "02-28", "03-31", "04-30", "05-31", "06-30", "07-31", "08-31", "09-30", "10-31", "11-30", "12-31",
    "01-31", "02-29", "03-31",
  ]); // biome-ignore format: a calendar
});

test.each([
  ["2028-02-29T00:00Z", "year", 1, "2028-02-29T00:00Z", "2029-02-28T00:00"],
  ["2028-02-29T00:00Z", "year", 1, "2031-03-01T00:00Z", "2032-02-29T00:00"],
  ["2027-11-30T00:00Z", "month", 3, "2027-11-30T00:00Z", "2028-02-29T00:00"],
  ["2027-11-30T00:00Z", "month", 3, "2028-02-29T00:00Z", "2028-05-30T00:00"],
  ["2027-03-01T10:00Z", "week", 2, "2027-03-20T00:00Z", "2027-03-29T10:00"],
  ["2027-03-01T10:00Z", "day", 10, "2027-03-11T10:00Z", "2027-03-21T10:00"],
  ["2027-03-15T10:00Z", "month", 1, "2027-03-01T00:00Z", "2027-03-15T10:00"],
  ["2027-03-31T10:00Z", "month", 1, "2027-02-10T00:00Z", "2027-02-28T10:00"],
] as const)("anchored at %s, every %s × %i, the period of %s ends %s", (anchor, interval, count, from, end) => {
  expect(iso(nextPeriodEnd(unix(anchor), interval, count, unix(from)))).toBe(end);
});

test("a period begins where the one before it ended, whatever the anchor", () => {
  for (let n = 0; n < 2_000; n++) {
    const anchor = unix("2026-01-01T00:00Z") + ((n * 7_919 * 3_600) % 94_608_000);
    const interval = (["day", "week", "month", "year"] as const)[n % 4] ?? "month";
    const recurrence = { interval, interval_count: 1 + (n % 3) };
    const at = unix("2027-06-01T00:00Z") + ((n * 104_729 * 60) % 63_072_000);
    const period = periodAround({ unix: anchor }, recurrence, at);
    expect(period.start <= at && at < period.end).toBe(true);
    expect(periodAround({ unix: anchor }, recurrence, period.end).start).toBe(period.end);
    expect(periodAround({ unix: anchor }, recurrence, period.start)).toEqual(period);
  }
});

test("a day that the anchor's own month has not is kept in mind", () => {
  const anchor = { unix: unix("2027-02-28T00:00Z"), dayOfMonth: 31 };
  const { end } = periodAround(anchor, { interval: "month", interval_count: 1 }, anchor.unix);
  expect(iso(end)).toBe("2027-03-31T00:00");
  expect(iso(addIntervals(anchor.unix, "month", 1))).toBe("2027-03-28T00:00");
});
