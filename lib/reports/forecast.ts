import { type Minor, toMinor, ZERO } from "@/lib/money/minor";

const DAY_MS = 86_400_000;
/** So far a forecast reaches, and so far it looks back. */
export const FORECAST_DAYS = 30;

const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

/** Revenue by UTC day, minor units of one currency. */
export type ByDay = ReadonlyMap<string, number>;

/** What was earned on the days after a day, so many of them. */
export function earnedAfter(byDay: ByDay, day: string, days: number): Minor {
  let sum = 0;
  for (let i = 1; i <= days; i++) sum += byDay.get(dayAfter(day, i)) ?? 0;
  return toMinor(sum);
}

/**
 * The revenue of the next 30 days: the renewals that are due, and usage and fees at the pace of the last 30 days, or since the first
 * of them when that is less long ago.
 * @param day the last day that is over @param renewalsMinor due within the 30 days @param byDay usage and fees
 */
export function forecastRevenue(day: string, renewalsMinor: Minor, byDay: ByDay): Minor {
  const days = [...byDay.keys()].filter((one) => one <= day && one > dayAfter(day, -FORECAST_DAYS)).sort();
  const [first] = days;
  if (!first) return renewalsMinor;
  const passed = Math.round((Date.parse(day) - Date.parse(first)) / DAY_MS) + 1;
  const sum = days.reduce((total, one) => total + (byDay.get(one) ?? 0), 0);
  return toMinor(renewalsMinor + Math.round((sum / passed) * FORECAST_DAYS));
}

export type Forecast = { day: string; forecastMinor: Minor };
export type ForecastError = { forecasts: number; forecastMinor: Minor; actualMinor: Minor; share: number | null };

/**
 * How far forecasts whose 30 days are over were off: the sum of what each was off by over the sum of what came (WAPE).
 * @param today a day that is not over yet
 */
export function errorOf(forecasts: Forecast[], byDay: ByDay, today: string): ForecastError {
  const over = forecasts.filter(({ day }) => dayAfter(day, FORECAST_DAYS) < today);
  let [off, forecastMinor, actualMinor] = [0, 0, 0];
  for (const one of over) {
    const actual = earnedAfter(byDay, one.day, FORECAST_DAYS);
    off += Math.abs(one.forecastMinor - actual);
    forecastMinor += one.forecastMinor;
    actualMinor += actual;
  }
  return {
    forecasts: over.length,
    forecastMinor: over.length ? toMinor(forecastMinor) : ZERO,
    actualMinor: toMinor(actualMinor),
    share: actualMinor > 0 ? off / actualMinor : null,
  };
}
