import { Cron } from "croner";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Schedule } from "./schedule";

const at = (text: string) => Date.parse(text);
const iso = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString().replace(":00.000Z", "Z"));
function nextOf(cron: string, after: string, count: number): (string | null)[] {
  const schedule = new Schedule(cron);
  const found: (string | null)[] = [];
  for (let from: number | null = at(after); found.length < count && from !== null; ) {
    from = schedule.nextAfter(from);
    found.push(iso(from));
  }
  return found;
}

describe("when clocks go forward", () => {
  test("what is meant for the skipped hour is left out that day", () => {
    expect(nextOf("TZ=America/New_York 30 2 * * *", "2026-03-07T00:00:00Z", 3)).toEqual([
      "2026-03-07T07:30Z",
      "2026-03-09T06:30Z",
      "2026-03-10T06:30Z",
    ]);
  });

  test("a daily job keeps its local hour, and one at the change itself fires", () => {
    expect(nextOf("TZ=Europe/Berlin 0 3 * * *", "2026-03-28T00:00:00Z", 3)).toEqual([
      "2026-03-28T02:00Z",
      "2026-03-29T01:00Z",
      "2026-03-30T01:00Z",
    ]);
  });

  test("an hourly job does not miss an hour", () => {
    expect(nextOf("TZ=America/New_York 0 * * * *", "2026-03-08T05:30:00Z", 3)).toEqual([
      "2026-03-08T06:00Z",
      "2026-03-08T07:00Z",
      "2026-03-08T08:00Z",
    ]);
  });
});

describe("when clocks go back", () => {
  test("what is meant for the repeated hour fires twice, as on the server", () => {
    expect(nextOf("TZ=America/New_York 30 1 * * *", "2026-11-01T00:00:00Z", 3)).toEqual([
      "2026-11-01T05:30Z",
      "2026-11-01T06:30Z",
      "2026-11-02T06:30Z",
    ]);
  });

  test("also when the next regular match is a year away", () => {
    expect(nextOf("TZ=America/New_York 30 1 1 11 *", "2026-10-01T00:00:00Z", 3)).toEqual([
      "2026-11-01T05:30Z",
      "2026-11-01T06:30Z",
      "2027-11-01T05:30Z",
    ]);
  });

  test("half hours, southern summers and zones without changes", () => {
    expect(nextOf("TZ=Australia/Lord_Howe 45 1 * * *", "2026-04-04T00:00:00Z", 3)).toEqual([
      "2026-04-04T14:45Z",
      "2026-04-04T15:15Z",
      "2026-04-05T15:15Z",
    ]);
    expect(nextOf("TZ=Asia/Kolkata 0 0 1 * *", "2026-02-01T00:00:00Z", 2)).toEqual([
      "2026-02-28T18:30Z",
      "2026-03-31T18:30Z",
    ]);
    expect(nextOf("TZ=Pacific/Chatham 0 6 * * *", "2026-09-25T00:00:00Z", 3)).toEqual([
      "2026-09-25T17:15Z",
      "2026-09-26T16:15Z",
      "2026-09-27T16:15Z",
    ]);
  });
});

test("the latest match is the one before the next", () => {
  const crons = ["*/5 * * * *", "TZ=America/New_York 30 1 * * *", "TZ=Europe/London 0 3 1 * *", "0 0 29 2 *"];
  const instant = fc.integer({ min: at("2025-01-01T00:00:00Z"), max: at("2029-01-01T00:00:00Z") });
  fc.assert(
    fc.property(fc.constantFrom(...crons), instant, (cron, now) => {
      const schedule = new Schedule(cron);
      const latest = schedule.latestUpTo(now) ?? Number.NaN;
      expect(latest).toBeLessThanOrEqual(now);
      expect(schedule.nextAfter(latest)).toBeGreaterThan(now);
      expect(schedule.nextAfter(latest - 1)).toBe(latest);
    }),
  );
});

test("patterns mean what they mean elsewhere", () => {
  const field = (least: number, most: number) =>
    fc.oneof(
      fc.constant("*"),
      fc.integer({ min: 2, max: 7 }).map((step) => `*/${step}`),
      fc.array(fc.integer({ min: least, max: most }), { minLength: 1, maxLength: 3 }).map((list) => list.join(",")),
      fc
        .tuple(fc.integer({ min: least, max: most }), fc.integer({ min: least, max: most }))
        .map(([a, b]) => `${Math.min(a, b)}-${Math.max(a, b)}`),
    );
  // Croner takes a stepped day for any day where both days are restricted, the server does not.
  const day = (least: number, most: number) => field(least, most).filter((text) => !text.includes("/"));
  const pattern = fc.tuple(field(0, 59), field(0, 23), day(1, 28), field(1, 12), day(0, 6)).map((all) => all.join(" "));
  const instant = fc.integer({ min: at("2026-01-01T00:00:00Z"), max: at("2028-01-01T00:00:00Z") });
  fc.assert(
    fc.property(pattern, instant, (cron, after) => {
      const other = new Cron(cron, { timezone: "UTC", paused: true }).nextRun(new Date(after));
      expect(iso(new Schedule(cron).nextAfter(after))).toBe(iso(other?.getTime() ?? null));
    }),
  );
});

test("days of both kinds mean either, unless one of them is any", () => {
  expect(nextOf("0 0 13 * FRI", "2026-02-10T00:00:00Z", 3)).toEqual([
    "2026-02-13T00:00Z",
    "2026-02-20T00:00Z",
    "2026-02-27T00:00Z",
  ]);
  expect(nextOf("0 0 ? 2 mon", "2026-02-10T00:00:00Z", 2)).toEqual(["2026-02-16T00:00Z", "2026-02-23T00:00Z"]);
  expect(nextOf("50/5 0 29 FEB *", "2026-02-10T00:00:00Z", 3)).toEqual([
    "2028-02-29T00:50Z",
    "2028-02-29T00:55Z",
    "2032-02-29T00:50Z",
  ]);
  expect(nextOf("0 0 31 2 *", "2026-02-10T00:00:00Z", 2)).toEqual([null]);
});

test.each([
  ["* * * * * *", "five-field"],
  ["@daily", "five-field"],
  ["60 * * * *", "'60' is not a minute"],
  ["0 24 * * *", "'24' is not a hour"],
  ["0 3 L * *", "'L' is not a day of the month"],
  ["0 3 * * 7", "'7' is not a day of the week"],
  ["0 3 * * mon#2", "day of the week"],
  ["*/0 * * * *", "'*/0' is not a minute"],
  ["9-3 * * * *", "'9-3' is not a minute"],
  ["1-2-3 * * * *", "minute"],
  ["TZ=Mars/Olympus 0 3 * * *", "Mars/Olympus"],
])("%s is refused: the server would not take it", (cron, problem) => {
  expect(() => new Schedule(cron)).toThrow(problem);
});
