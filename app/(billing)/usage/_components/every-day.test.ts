import { expect, test } from "vitest";
import { everyDay } from "./every-day";

const period = { start: new Date("2026-10-31T22:00:00Z"), end: new Date("2026-11-03T22:00:00Z") };

test("days without usage are there too, by the tenant's calendar", () => {
  expect(everyDay([{ day: "2026-11-02", quantity: 7 }], period, "UTC")).toEqual([
    { day: "2026-10-31", quantity: 0 },
    { day: "2026-11-01", quantity: 0 },
    { day: "2026-11-02", quantity: 7 },
    { day: "2026-11-03", quantity: 0 },
  ]);
  expect(everyDay([], period, "Asia/Tokyo").map(({ day }) => day)).toEqual([
    "2026-11-01",
    "2026-11-02",
    "2026-11-03",
    "2026-11-04",
  ]);
});

test("a day on which clocks are changed is one day", () => {
  const days = everyDay([], period, "America/New_York").map(({ day }) => day);
  expect(days).toEqual(["2026-10-31", "2026-11-01", "2026-11-02", "2026-11-03"]);
});
