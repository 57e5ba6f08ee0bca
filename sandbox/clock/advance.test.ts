import { afterEach, beforeEach, expect, test } from "vitest";
import { now, setClockForTests } from "@/lib/clock";
import { advanceClock } from "./advance";
import type { Participant } from "./participant";

const START = "2030-01-01T00:00:00.000Z";
beforeEach(() => setClockForTests(START));
afterEach(() => setClockForTests(null));

/** A part with a list of times, which notes when it ran. */
function part(name: string, hours: number[], diary: string[]): Participant {
  const times = hours.map((hour) => Date.parse(START) + hour * 3_600_000);
  const due = async () => ({
    nextDueAt: times[0] === undefined ? null : new Date(times[0]).toISOString(),
    busy: false,
  });
  return {
    name,
    due,
    async runDue() {
      while (times[0] !== undefined && times[0] <= now().getTime()) {
        times.shift();
        diary.push(`${name} at ${now().toISOString().slice(11, 16)}`);
      }
      return due();
    },
  };
}

test("everything happens in its order and at its time, whoever it belongs to", async () => {
  const diary: string[] = [];
  const parts = [part("stripe", [1, 3, 30], diary), part("jobs", [0, 2, 3], diary)];
  const result = await advanceClock(new Date("2030-01-01T12:00:00Z"), parts);
  expect(diary).toEqual(["jobs at 00:00", "stripe at 01:00", "jobs at 02:00", "stripe at 03:00", "jobs at 03:00"]);
  expect(result).toEqual({ now: "2030-01-01T12:00:00.000Z" });
});

test("what one part makes due for another happens before time goes on", async () => {
  const diary: string[] = [];
  const follower = { pending: false };
  const jobs: Participant = {
    name: "jobs",
    due: async () => ({ nextDueAt: follower.pending ? now().toISOString() : null, busy: false }),
    async runDue() {
      follower.pending = false;
      diary.push(`jobs at ${now().toISOString().slice(11, 16)}`);
      return this.due();
    },
  };
  const stripe = part("stripe", [1, 2], diary);
  const telling: Participant = {
    ...stripe,
    runDue: async () => {
      follower.pending = true;
      return stripe.runDue();
    },
  };
  await advanceClock(new Date("2030-01-01T05:00:00Z"), [telling, jobs]);
  expect(diary).toEqual(["stripe at 01:00", "jobs at 01:00", "stripe at 02:00", "jobs at 02:00"]);
});

test("a part is told where the move ends, and how often others have been at work", async () => {
  const heard: string[] = [];
  const jobs = part("jobs", [], []);
  const listening: Participant = {
    ...jobs,
    due: async (note) => {
      heard.push(`${note?.until.slice(0, 16)} ${note?.stirred}`);
      return jobs.due();
    },
  };
  await advanceClock(new Date("2030-01-01T05:00:00Z"), [part("stripe", [1, 2], []), listening]);
  expect(new Set(heard)).toEqual(new Set([0, 1, 2].map((stirred) => `2030-01-01T05:00 ${stirred}`)));
});

test("a part that never rests or cannot be reached is named, and time goes on", async () => {
  const restless: Participant = {
    name: "restless",
    due: async () => ({ nextDueAt: null, busy: true }),
    runDue: async () => ({ nextDueAt: null, busy: true }),
  };
  const gone: Participant = {
    name: "gone",
    due: () => Promise.reject(new Error("connection refused")),
    runDue: () => Promise.reject(new Error("connection refused")),
  };
  const result = await advanceClock(new Date("2030-01-02T00:00:00Z"), [restless, gone], { restWithinMs: 60 });
  expect(result.now).toBe("2030-01-02T00:00:00.000Z");
  expect(result.warning).toContain("restless did not come to rest");
  expect(result.warning).toContain("gone could not be reached");
});

test("the clock does not go back", async () => {
  await expect(advanceClock(new Date("2029-12-31T00:00:00Z"), [])).rejects.toThrow("cannot go back");
});
