import fc from "fast-check";
import { expect, test } from "vitest";
import { everyMs, turnAt, turnsWithin } from "./turns";

test("no second that begins anywhere holds more turns than the limit", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2_000 }), fc.integer({ min: 0, max: 5_000 }), (perSecond, first) => {
      const turns = { fromMs: 1_795_000_000_000, everyMs: everyMs(perSecond) };
      const times = Array.from({ length: perSecond + 1 }, (_, index) => turnAt(turns, first + index));
      expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(1_000);
    }),
  );
});

test("nine tenths of the limit and more are used", () => {
  expect(turnsWithin(60_000, 25)).toBeGreaterThanOrEqual(0.9 * 25 * 60);
  expect(turnsWithin(300_000, 100)).toBeGreaterThanOrEqual(0.9 * 100 * 300);
});
