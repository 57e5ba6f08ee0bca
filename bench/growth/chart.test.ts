import { expect, test } from "vitest";
import { ceiling, drawChart, short } from "./chart";

const panel = {
  title: "Time <ms> by balances",
  sizes: [10_000, 1_000_000, 100_000_000],
  series: [
    { name: "debit & reply", values: [1, 2, 3] },
    { name: "due", values: [0, 4, 0.5] },
  ],
};

test("a size ten times as large is as far to the right as the one before, and a larger value is higher", () => {
  const [debit, due] = [...drawChart([panel]).matchAll(/<polyline points="([^"]+)"/g)].map((match) =>
    (match[1] ?? "").split(" ").map((point) => point.split(",").map(Number) as [number, number]),
  );
  const [a, b, c] = (debit ?? []).map(([x]) => x) as [number, number, number];
  expect(b - a).toBeCloseTo(c - b, 0);
  const heights = (debit ?? []).map(([, y]) => y);
  expect(heights).toEqual(heights.toSorted((one, other) => other - one));
  // Nothing lies on the ground line but what is nothing; the same scale holds for both lines.
  expect(due?.[0]?.[1]).toBe(216);
  expect(due?.[1]?.[1]).toBeLessThan(debit?.[2]?.[1] ?? 0);
});

test("names are written so that they are text, and nothing is drawn outside", () => {
  const svg = drawChart([panel, panel]);
  expect(svg).toContain("Time &lt;ms&gt; by balances".replace("&gt;", ">"));
  expect(svg).toContain("debit &amp; reply");
  const width = Number(/viewBox="0 0 (\d+)/.exec(svg)?.[1]);
  for (const [, x] of svg.matchAll(/cx="([\d.]+)"/g)) expect(Number(x)).toBeLessThan(width);
  expect(svg).toContain("prefers-color-scheme:dark");
});

test("sizes are short and scales end at round numbers", () => {
  expect([10_000, 1_000_000, 100_000_000, 500].map(short)).toEqual(["10k", "1M", "100M", "500"]);
  expect([0.3, 1, 1.1, 4, 6, 11].map(ceiling)).toEqual([0.5, 1, 2, 5, 10, 20]);
});
