import { expect, test } from "vitest";
import { retryDelayMs, unreachableDelayMs } from "./backoff";
import { dueAtMs, durationMs } from "./durations";

const NOW = Date.parse("2026-03-02T10:00:00Z");

test("retries wait by the server's table, and two hours after its end", () => {
  const seconds = Array.from({ length: 12 }, (_, attempt) => retryDelayMs(attempt, null, NOW) / 1000);
  expect(seconds).toEqual([15, 30, 60, 120, 300, 600, 1200, 2400, 3600, 7200, 7200, 7200]);
});

test("a stated wait counts in seconds or as an instant, between a second and a day", () => {
  expect(retryDelayMs(0, "90", NOW)).toBe(90_000);
  expect(retryDelayMs(0, "0", NOW)).toBe(1000);
  expect(retryDelayMs(0, "2026-03-02T11:00:00.000Z", NOW)).toBe(3_600_000);
  expect(retryDelayMs(0, "2026-03-02T09:00:00.000Z", NOW)).toBe(1000);
  expect(retryDelayMs(0, "2026-04-02T10:00:00.000Z", NOW)).toBe(86_400_000);
  expect(retryDelayMs(0, "soon", NOW)).toBe(15_000);
});

test("an app that is away is asked again after 1, 2, then every 5 seconds", () => {
  expect([0, 1, 2, 3].map(unreachableDelayMs)).toEqual([1000, 2000, 5000, 5000]);
});

test("durations as the SDK writes them, instants, and a year when nothing is said", () => {
  expect(durationMs("2h30m10s")).toBe(9_010_000);
  expect(durationMs("4w")).toBe(28 * 86_400_000);
  expect(dueAtMs("1d", NOW)).toBe(NOW + 86_400_000);
  expect(dueAtMs("2026-05-01T00:00:00.000Z", NOW)).toBe(Date.parse("2026-05-01T00:00:00Z"));
  expect(dueAtMs(undefined, NOW)).toBe(NOW + 365 * 86_400_000);
  expect(() => durationMs("tomorrow")).toThrow("tomorrow");
  expect(() => durationMs("5m soon")).toThrow("5m soon");
});
