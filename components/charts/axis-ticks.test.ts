import fc from "fast-check";
import { expect, test } from "vitest";
import { axisTicks } from "./axis-ticks";

test("ticks are round, also below zero", () => {
  expect(axisTicks(-5_000, 60_000)).toEqual([-20_000, 0, 20_000, 40_000, 60_000]);
  expect(axisTicks(0, 60_000)).toEqual([0, 20_000, 40_000, 60_000]);
});

test("both ends lie within, with few ticks", () => {
  fc.assert(
    fc.property(fc.integer({ min: -1e9, max: 1e9 }), fc.nat(2e9), (low, span) => {
      const ticks = axisTicks(low, low + span);
      expect(ticks[0]).toBeLessThanOrEqual(low);
      expect(ticks.at(-1)).toBeGreaterThanOrEqual(low + span);
      expect(ticks.length).toBeLessThanOrEqual(7);
      expect(ticks.length).toBeGreaterThanOrEqual(2);
    }),
  );
});
