import { expect, test } from "vitest";
import { toMinor } from "@/lib/money/minor";
import { pointsOf, toShownHistory } from "./shown-history";

const at = (day: number) => new Date(Date.UTC(2026, 10, day));
const point = (day: number, minor: number) => ({ at: at(day), balanceMinor: toMinor(minor) });

test("a new account begins with its first movement and reaches to now", () => {
  expect(toShownHistory([point(1, 0), point(20, 60_000)], toMinor(60_000), at(21))).toEqual([
    point(20, 60_000),
    point(21, 60_000),
  ]);
});

test("a balance from before the period is kept", () => {
  expect(toShownHistory([point(1, 500), point(20, 100)], toMinor(100), at(21))).toHaveLength(3);
});

test("nothing ever happened: nothing is drawn", () => {
  expect(toShownHistory([point(1, 0)], toMinor(0), at(21))).toEqual([]);
});

test("what moved before the period is the balance at its start, however long ago", () => {
  const entries = [20, 2, 1].map((day) => ({ createdAt: at(day), balanceAfterMinor: toMinor(day * 100) }));
  expect(pointsOf(entries, at(10))).toEqual([point(10, 200), point(20, 2_000)]);
  expect(pointsOf(entries, at(21))).toEqual([point(21, 2_000)]);
  expect(pointsOf(entries, undefined)).toHaveLength(3);
});
