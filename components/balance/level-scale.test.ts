import { expect, test } from "vitest";
import { toMinor } from "@/lib/money/minor";
import { levelScale } from "./level-scale";

test("a balance under zero moves zero to the right", () => {
  const scale = levelScale({ balanceMinor: toMinor(-20_000), minMinor: toMinor(15_000), targetMinor: toMinor(60_000) });
  expect(scale).toEqual({ zero: 25, balance: 0, min: 43.8, target: 100 });
});

test("a balance over its target is the right end", () => {
  const scale = levelScale({ balanceMinor: toMinor(80_000), minMinor: toMinor(0), targetMinor: toMinor(40_000) });
  expect(scale).toEqual({ zero: 0, balance: 100, min: 0, target: 50 });
});

test("nothing at all is drawn without dividing by zero", () => {
  expect(levelScale({ balanceMinor: toMinor(0), minMinor: toMinor(0), targetMinor: toMinor(0) })).toEqual({
    zero: 0,
    balance: 0,
    min: 0,
    target: 0,
  });
});
