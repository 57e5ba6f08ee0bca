import { expect, test } from "vitest";
import { Random } from "../simulator/random";
import { judgeFlatness, median, type Sample, theilSen } from "./flat";

const HALF_AN_HOUR_MS = 30 * 60_000;

/** A sample every ten seconds, as `value` says. */
const run = (value: (share: number, nth: number) => number, totalMs = HALF_AN_HOUR_MS): Sample[] =>
  Array.from({ length: totalMs / 10_000 }, (_, nth) => {
    const atMs = nth * 10_000;
    return { atMs, value: value(atMs / totalMs, nth) };
  });

test("the median of an even number lies between the two in the middle", () => {
  expect([median([3]), median([4, 1, 2]), median([1, 2, 3, 10])]).toEqual([3, 2, 2.5]);
});

test("the slope is that of the line, whatever a few outliers say", () => {
  const line = run((_, nth) => 100 + nth).slice(0, 40);
  const disturbed = line.map((sample, nth) => (nth % 7 === 3 ? { ...sample, value: 5_000 } : sample));
  expect(theilSen(line) * 10_000).toBeCloseTo(1);
  expect(theilSen(disturbed) * 10_000).toBeCloseTo(1, 1);
});

test("growth in the warm-up is none; what comes and goes with the collector is flat", () => {
  const random = new Random("flat");
  const seen = run((share, nth) => (share < 1 / 3 ? 100 + 600 * share : 300) + (nth % 9) * 4 + random.between(-15, 15));
  expect(judgeFlatness(seen, HALF_AN_HOUR_MS, 50)?.objection).toBeNull();
});

test("a slow leak is found by its slope, though it is less than a tenth", () => {
  const verdict = judgeFlatness(
    run((share) => 300 + 30 * share),
    HALF_AN_HOUR_MS,
    50,
  );
  expect(verdict?.slopePerHour).toBeCloseTo(60);
  expect(verdict?.objection).toMatch(/grows by 60 an hour/);
});

test("a jump after the warm-up is found by the medians, though it has no slope in half of the pairs", () => {
  const verdict = judgeFlatness(
    run((share) => (share > 0.8 ? 400 : 300)),
    HALF_AN_HOUR_MS,
    1_000,
  );
  expect(verdict?.objection).toBe("it grew by 33 %");
});

test("falling is no objection, and a run of a minute is not judged", () => {
  expect(
    judgeFlatness(
      run((share) => 300 - 100 * share),
      HALF_AN_HOUR_MS,
      50,
    )?.objection,
  ).toBeNull();
  expect(
    judgeFlatness(
      run(() => 300, 60_000),
      60_000,
      50,
    ),
  ).toBeNull();
});
