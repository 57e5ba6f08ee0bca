import { TZDate } from "@date-fns/tz";
import { differenceInCalendarDays } from "date-fns";
import fc from "fast-check";
import { expect, test } from "vitest";
import { timetable } from "./schedule";

const HOUR_MS = 3_600_000;

const cases = fc.record({
  failedAt: fc.date({
    min: new Date("2026-01-01T00:00:00Z"),
    max: new Date("2029-12-31T00:00:00Z"),
    noInvalidDate: true,
  }),
  zone: fc.constantFrom("America/New_York", "Asia/Shanghai", "UTC", "America/Havana", "Australia/Lord_Howe"),
  strategy: fc.constantFrom("fixed" as const, "smart" as const),
  attempts: fc.integer({ min: 1, max: 8 }),
  intervalDays: fc.integer({ min: 1, max: 14 }),
  graceDays: fc.integer({ min: 0, max: 90 }),
  declineCode: fc.constantFrom("generic_decline", "insufficient_funds", "processing_error", "lost_card"),
});
const timeOfDay = (at: Date, zone: string) => new TZDate(at.getTime(), zone).toISOString().slice(11, 23);

test("whatever fails whenever and wherever: in order, none twice, nothing after the grace, which ends it", () => {
  fc.assert(
    fc.property(cases, ({ failedAt, zone, declineCode, ...policy }) => {
      const failure = { code: "card_declined", declineCode, adviceCode: null };
      const { steps, graceEndsAt } = timetable(failure, failedAt, policy, zone);
      const tries = steps.filter(({ kind }) => kind === "attempt").map(({ dueAt }) => dueAt.getTime());
      expect(new Set(tries).size).toBe(tries.length);
      expect(tries.length).toBeLessThan(policy.attempts);
      for (const [at, step] of steps.entries()) {
        expect(step.dueAt >= (steps[at - 1]?.dueAt ?? failedAt)).toBe(true);
        expect(step.dueAt <= graceEndsAt).toBe(true);
      }
      expect(steps.filter(({ kind }) => kind === "end")).toEqual([{ kind: "end", dueAt: graceEndsAt }]);
      expect(tries.every((dueAt) => dueAt > failedAt.getTime() && dueAt < graceEndsAt.getTime())).toBe(true);
    }),
  );
});

test("days are those of the tenant's clock: the same time, so many calendar days later, also over both changes", () => {
  fc.assert(
    fc.property(cases, ({ failedAt, zone, ...given }) => {
      const policy = { ...given, strategy: "fixed" as const };
      const failure = { code: "card_declined", declineCode: "generic_decline", adviceCode: null };
      const { steps, graceEndsAt } = timetable(failure, failedAt, policy, zone);
      const daysTo = (at: Date) =>
        differenceInCalendarDays(new TZDate(at.getTime(), zone), new TZDate(failedAt.getTime(), zone));
      const tries = steps.filter(({ kind }) => kind === "attempt");
      expect(tries.map(({ dueAt }) => daysTo(dueAt))).toEqual(tries.map((_, n) => (n + 1) * policy.intervalDays));
      expect(daysTo(graceEndsAt)).toBe(policy.graceDays);
      // A time that the night of a change does not have is as much later as the clocks went on.
      for (const at of [...tries.map(({ dueAt }) => dueAt), graceEndsAt])
        expect([
          timeOfDay(failedAt, zone),
          timeOfDay(new Date(failedAt.getTime() + HOUR_MS), zone),
          timeOfDay(new Date(failedAt.getTime() + HOUR_MS / 2), zone),
        ]).toContain(timeOfDay(at, zone));
    }),
  );
});
