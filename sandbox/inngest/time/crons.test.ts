import { describe, expect, test } from "vitest";
import { readRegistration } from "../wire/config";
import { CronTable } from "./crons";

const at = (text: string) => Date.parse(text);
const START = at("2026-03-02T10:00:00Z");

function table(cron: string, lastTick?: string): CronTable {
  const runtime = { type: "http", url: "http://127.0.0.1:1/" };
  const steps = { step: { id: "step", name: "step", runtime } };
  const read = readRegistration({ appName: "app", functions: [{ id: "f", triggers: [{ cron }], steps }] });
  if ("error" in read) throw new Error(read.error);
  const crons = new CronTable();
  crons.replace(read.functions, new Map(lastTick ? [[`f|${cron}`, at(lastTick)]] : []), START);
  return crons;
}
const taken = (crons: CronTable, now: string, moved: { until: number | null } | null = null) =>
  crons.takeDue(at(now), moved).map((tick) => new Date(tick.at).toISOString());

test("a tick is due at its second, once", () => {
  const crons = table("*/5 * * * *");
  expect(taken(crons, "2026-03-02T10:04:59.999Z")).toEqual([]);
  expect(taken(crons, "2026-03-02T10:05:00.000Z")).toEqual(["2026-03-02T10:05:00.000Z"]);
  expect(taken(crons, "2026-03-02T10:05:00.500Z")).toEqual([]);
  expect(crons.nextDueAt(null)).toBe(at("2026-03-02T10:10:00Z"));
});

test("of ticks missed while nothing ran the latest is due", () => {
  const crons = table("0 * * * *", "2026-02-20T00:00:00Z");
  expect(taken(crons, "2026-03-02T10:00:00Z")).toEqual(["2026-03-02T10:00:00.000Z"]);
});

test("hours are those of the named zone, across the change to summer time", () => {
  const crons = table("TZ=America/New_York 30 6 * * *");
  expect(taken(crons, "2026-03-07T11:30:00Z")).toEqual(["2026-03-07T11:30:00.000Z"]);
  expect(crons.nextDueAt(null)).toBe(at("2026-03-08T10:30:00Z"));
});

/** A move of the clock that does not say where it ends. */
const MOVED = { until: null };

describe("a quiet cron", () => {
  const quiet = (until: string | null) => {
    const crons = table("*/5 * * * *");
    crons.finished("f", { quietUntil: until });
    return crons;
  };

  test("is skipped up to the instant it named, which may be a tick", () => {
    const crons = quiet("2026-03-02T10:15:00Z");
    expect(crons.nextDueAt(MOVED)).toBe(at("2026-03-02T10:15:00Z"));
    expect(taken(crons, "2026-03-02T10:10:00Z", MOVED)).toEqual([]);
    expect(taken(crons, "2026-03-02T10:15:00Z", MOVED)).toEqual(["2026-03-02T10:15:00.000Z"]);
  });

  test("is never due when nothing is foreseen", () => {
    expect(quiet(null).nextDueAt(MOVED)).toBeNull();
  });

  test("fires its last tick before the end of the move, once", () => {
    const crons = quiet(null);
    const moved = { until: at("2026-03-09T10:03:00Z") };
    expect(crons.nextDueAt(moved)).toBe(at("2026-03-09T10:00:00Z"));
    expect(taken(crons, "2026-03-05T00:00:00Z", moved)).toEqual([]);
    expect(taken(crons, "2026-03-09T10:00:00Z", moved)).toEqual(["2026-03-09T10:00:00.000Z"]);
    crons.finished("f", { quietUntil: null });
    expect(crons.nextDueAt(moved)).toBeNull();
  });

  test("is due as ever when time is not being moved, and after anything has happened", () => {
    expect(quiet(null).nextDueAt(null)).toBe(at("2026-03-02T10:05:00Z"));
    const crons = quiet(null);
    crons.noteActivity();
    expect(crons.nextDueAt(MOVED)).toBe(at("2026-03-02T10:05:00Z"));
  });

  test("is asked for by others, when they say so and by its name", () => {
    const crons = quiet(null);
    const wanted = (fn: string, until: string | null) => crons.foreseen({ quietUntil: until, quietFor: fn });
    expect(wanted("other", "2026-03-02T11:00:00Z")).toBe(true);
    expect(wanted("f", null)).toBe(true);
    expect(crons.foreseen({ quietUntil: null })).toBe(false);
    expect(crons.foreseen("nothing")).toBe(false);
    expect(crons.nextDueAt(MOVED)).toBeNull();
  });

  test("must say so in its last run, in a form that can be read", () => {
    for (const result of [null, "quiet", { quietUntil: "some day" }, { other: 1 }]) {
      const crons = quiet(null);
      crons.finished("f", result);
      expect(crons.nextDueAt(MOVED)).toBe(at("2026-03-02T10:05:00Z"));
    }
  });
});
