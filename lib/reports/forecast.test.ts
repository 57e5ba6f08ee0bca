import { expect, test } from "vitest";
import { toMinor } from "@/lib/money/minor";
import { errorOf, forecastRevenue } from "./forecast";

const days = (first: number, count: number, minor: number): [string, number][] =>
  Array.from({ length: count }, (_, i) => [new Date(Date.UTC(2026, 9, first + i)).toISOString().slice(0, 10), minor]);

test("renewals that are due, and usage at the pace of 30 days", () => {
  expect(forecastRevenue("2026-10-31", toMinor(2_900), new Map(days(1, 31, 100)))).toBe(2_900 + 3_000);
});

test("the pace of a new seller is that of its days, not of 30", () => {
  expect(forecastRevenue("2026-10-31", toMinor(0), new Map(days(27, 5, 100)))).toBe(3_000);
  expect(forecastRevenue("2026-10-31", toMinor(2_900), new Map())).toBe(2_900);
});

test("days without revenue slow the pace down", () => {
  expect(forecastRevenue("2026-10-30", toMinor(0), new Map([["2026-10-01", 900]]))).toBe(900);
});

test("the error is what forecasts were off by, of what came; those that still run do not count", () => {
  const byDay = new Map(days(2, 60, 100));
  const forecast = (day: string, minor: number) => ({ day, forecastMinor: toMinor(minor) });
  const error = errorOf(
    [forecast("2026-10-01", 3_300), forecast("2026-10-02", 2_400), forecast("2026-11-01", 99)],
    byDay,
    "2026-11-05",
  );
  expect(error).toEqual({ forecasts: 2, forecastMinor: 5_700, actualMinor: 6_000, share: 0.15 });
  expect(errorOf([], byDay, "2026-11-05")).toMatchObject({ forecasts: 0, share: null });
});
