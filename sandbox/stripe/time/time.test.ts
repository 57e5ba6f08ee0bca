import { afterEach, expect, test } from "vitest";
import { setClockForTests } from "@/lib/clock";
import { standIn } from "../testing/stand-in";
import { addBusinessDays } from "./business-days";
import { parseDuration } from "./duration";

afterEach(() => setClockForTests(null));

test.each([
  ["2030-03-04T15:00:00.000Z", 4, "2030-03-08T15:00:00.000Z"],
  ["2030-03-06T15:00:00.000Z", 4, "2030-03-12T15:00:00.000Z"],
  ["2030-03-09T15:00:00.000Z", 1, "2030-03-11T15:00:00.000Z"],
  ["2028-02-28T00:00:00.000Z", 1, "2028-02-29T00:00:00.000Z"],
])("%s and %i business days are %s", (from, days, to) => {
  expect(new Date(addBusinessDays(Date.parse(from), days)).toISOString()).toBe(to);
});

test.each([
  ["30s", 30_000],
  ["90m", 5_400_000],
  ["2h", 7_200_000],
  ["3d", 259_200_000],
  ["1w", 604_800_000],
  ["3 days", null],
  ["-1d", null],
  ["", null],
])("%s is %s ms", (text, ms) => expect(parseDuration(text)).toBe(ms));

test("the clock is read, moved by a duration and to an instant, and never back", async () => {
  setClockForTests("2030-03-04T15:00:00Z");
  const { control } = await standIn();
  expect(await control("GET clock")).toEqual({ now: "2030-03-04T15:00:00.000Z" });
  expect(await control("POST clock", { advance: "3d" })).toEqual({ now: "2030-03-07T15:00:00.000Z" });
  expect(await control("POST clock", { to: "2030-04-01T00:00:00Z" })).toEqual({ now: "2030-04-01T00:00:00.000Z" });
  for (const body of [
    { to: "2030-01-01T00:00:00Z" },
    { advance: "soon" },
    { advance: "1d", to: "2031-01-01T00:00:00Z" },
    {},
  ]) {
    await expect(control("POST clock", body)).rejects.toThrow("400");
  }
});
