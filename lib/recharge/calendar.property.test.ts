import fc from "fast-check";
import { expect, test } from "vitest";
import { dayName, endOfDayNamed, monthAround, monthName, startOfDayNamed } from "./calendar";

/** Clocks change at two, at midnight, by half an hour, or never; offsets of hours and of quarters of them. */
const ZONES = [
  "UTC",
  "America/New_York",
  "Asia/Shanghai",
  "America/Havana",
  "Africa/Cairo",
  "Asia/Beirut",
  "Australia/Lord_Howe",
  "Asia/Kathmandu",
  "Pacific/Apia",
];
const zone = fc.constantFrom(...ZONES);
const instant = fc.date({
  min: new Date("2024-01-01T00:00:00Z"),
  max: new Date("2032-12-31T00:00:00Z"),
  noInvalidDate: true,
});
const before = (at: Date) => new Date(at.getTime() - 1);

function isItsDay(at: Date, timeZone: string): void {
  const day = dayName(at, timeZone);
  const [start, end] = [startOfDayNamed(day, timeZone), endOfDayNamed(day, timeZone)];
  expect(start <= at && at < end).toBe(true);
  expect([dayName(start, timeZone), dayName(before(end), timeZone)]).toEqual([day, day]);
  expect(dayName(before(start), timeZone) < day && day < dayName(end, timeZone)).toBe(true);
  expect(startOfDayNamed(dayName(end, timeZone), timeZone)).toEqual(end);
}

function isItsMonth(at: Date, timeZone: string): void {
  const { startsAt, endsAt } = monthAround(at, timeZone);
  expect(startsAt <= at && at < endsAt).toBe(true);
  const month = monthName(at, timeZone);
  expect([monthName(startsAt, timeZone), monthName(before(endsAt), timeZone)]).toEqual([month, month]);
  expect(monthAround(endsAt, timeZone).startsAt).toEqual(endsAt);
  expect(monthAround(before(startsAt), timeZone).endsAt).toEqual(startsAt);
}

test("every instant is in one day and one month, and they follow each other without a gap", () => {
  fc.assert(
    fc.property(instant, zone, (at, timeZone) => {
      isItsDay(at, timeZone);
      isItsMonth(at, timeZone);
    }),
    { numRuns: 300 },
  );
});

test.each(ZONES)("in %s no day of two years is missing, whenever clocks change", (timeZone) => {
  let at = startOfDayNamed("2026-01-01", timeZone);
  for (let days = 0; days < 2 * 365; days++) {
    isItsDay(at, timeZone);
    at = endOfDayNamed(dayName(at, timeZone), timeZone);
  }
  expect(dayName(at, timeZone)).toBe("2028-01-01");
});

test("in New York the days of the changes have 23 and 25 hours, in Shanghai midnight is 16:00 UTC", () => {
  const hours = (day: string, timeZone: string) =>
    (endOfDayNamed(day, timeZone).getTime() - startOfDayNamed(day, timeZone).getTime()) / 3_600_000;
  expect(["2027-03-13", "2027-03-14", "2027-11-07"].map((day) => hours(day, "America/New_York"))).toEqual([24, 23, 25]);
  expect(["2027-12-31T15:59:59Z", "2027-12-31T16:00:00Z"].map((at) => dayName(new Date(at), "Asia/Shanghai"))).toEqual([
    "2027-12-31",
    "2028-01-01",
  ]);
});
