import { expect, test } from "vitest";
import { WARM_UP } from "./flat";
import { killsOf } from "./kills";
import { Latencies } from "./latency";
import { type Deed, deeds } from "./load";
import { MIXTURE } from "./mixture";

function take(count: number, from: Iterator<Deed, never>): Deed[] {
  return Array.from({ length: count }, () => from.next().value);
}

const told = (some: readonly Deed[]) => some.map(({ name, tenant, random }) => [name, tenant, random.unit()]);

test("a seed decides what is done, by whom, and everything drawn on the way", () => {
  expect(told(take(50, deeds("7", 12)))).toEqual(told(take(50, deeds("7", 12))));
  expect(told(take(50, deeds("7", 12)))).not.toEqual(told(take(50, deeds("8", 12))));
});

test("everything in the mixture is done, by everybody, about as often as it weighs", () => {
  const some = take(20_000, deeds("1", 12));
  const total = Object.values(MIXTURE).reduce((sum, { weight }) => sum + weight, 0);
  expect(new Set(some.map(({ name }) => name))).toEqual(new Set(Object.keys(MIXTURE)));
  expect(new Set(some.map(({ tenant }) => tenant)).size).toBe(12);
  const debits = some.filter(({ name }) => name === "debit").length / some.length;
  expect(debits).toBeCloseTo((MIXTURE.debit?.weight ?? 0) / total, 1);
});

test("no instance dies while its memory is judged", () => {
  const deaths = killsOf(2, 2).filter(({ part }) => part === "app");
  expect(deaths.length).toBe(3);
  expect(deaths.every(({ at }) => at < WARM_UP || at > 0.95)).toBe(true);
  expect(killsOf(1, 1).map(({ index }) => index)).toEqual([0, 0, 0]);
});

test("percentiles are right within a bucket", () => {
  const latencies = new Latencies();
  for (let ms = 1; ms <= 1_000; ms++) latencies.add("debit", ms);
  expect(latencies.count("debit")).toBe(1_000);
  for (const share of [0.5, 0.95, 1]) {
    expect(latencies.percentile("debit", share) / (share * 1_000)).toBeGreaterThan(0.94);
    expect(latencies.percentile("debit", share) / (share * 1_000)).toBeLessThan(1.06);
  }
  expect(latencies.kinds).toEqual(["debit"]);
});
