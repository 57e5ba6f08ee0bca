import { expect, test } from "vitest";
import { endOfDayNamed, startOfDayNamed } from "./calendar";

test("a named day begins and ends by the zone's own clock", () => {
  expect(startOfDayNamed("2026-11-21", "UTC").toISOString()).toBe("2026-11-21T00:00:00.000Z");
  expect(startOfDayNamed("2026-11-21", "Asia/Tokyo").toISOString()).toBe("2026-11-20T15:00:00.000Z");
  // Clocks go back on that day: it has 25 hours.
  expect(startOfDayNamed("2026-11-01", "America/New_York").toISOString()).toBe("2026-11-01T04:00:00.000Z");
  expect(endOfDayNamed("2026-11-01", "America/New_York").toISOString()).toBe("2026-11-02T05:00:00.000Z");
});
