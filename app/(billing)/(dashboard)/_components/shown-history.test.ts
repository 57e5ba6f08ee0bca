import { expect, test } from "vitest";
import { toMinor } from "@/lib/money/minor";
import { toShownHistory } from "./shown-history";

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
