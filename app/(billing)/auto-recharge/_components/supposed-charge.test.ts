import { expect, test } from "vitest";
import { toCurrency } from "@/lib/money/currency";
import { type Minor, toBps, toMinor, ZERO } from "@/lib/money/minor";
import { monthlyProposal } from "@/lib/recharge/monthly-proposal";
import { supposedCharge } from "./supposed-charge";

const feePolicy = { kind: "percent" as const, rateBps: toBps(290), fixedMinor: ZERO, stepMinor: 1, offFor: [] };
const rule = { minMinor: toMinor(15_000), targetMinor: toMinor(60_000), feePolicy, method: null };
const ask = (balanceMinor: number, typedMinor: Minor | null = null) =>
  supposedCharge({ ...rule, balanceMinor: toMinor(balanceMinor), pendingMinor: ZERO, typedMinor });

test("a low balance is charged as it is: the worked example", () => {
  expect(ask(-5_000)).toMatchObject({
    fromMinor: -5_000,
    source: "current",
    result: { kind: "charge", quote: { amountMinor: 65_000, feeMinor: 1_885, totalMinor: 66_885 } },
  });
});

test("at the minimum nothing is charged; the example is one cent below it", () => {
  expect(ask(15_000)).toMatchObject({
    fromMinor: 14_999,
    source: "justBelow",
    result: { kind: "charge", quote: { amountMinor: 45_001, totalMinor: 46_306 } },
  });
  expect(ask(15_000, toMinor(15_000)).result).toEqual({ kind: "not_low" });
  expect(ask(15_000, toMinor(14_999)).result).toMatchObject({ kind: "charge" });
});

test("without a minimum or a target there is nothing to reckon", () => {
  expect(supposedCharge({ ...rule, minMinor: null, balanceMinor: ZERO, pendingMinor: ZERO, typedMinor: null })).toEqual(
    {
      fromMinor: 0,
      source: "current",
      result: { kind: "incomplete" },
    },
  );
});

test("the limit proposed for a month has room for four of the charges shown, and is a round figure", () => {
  const proposed = (min: number, target: number) =>
    monthlyProposal(toMinor(min), toMinor(target), toCurrency("USD"), feePolicy, null);
  expect(4 * 46_306).toBe(185_224);
  expect(proposed(15_000, 60_000)).toBe(190_000);
  expect(proposed(100, 200)).toBe(500);
  expect(proposed(1_000_000, 9_999_999)).toBe(38_000_000);
});
