import { describe, expect, test } from "vitest";
import { toCurrency } from "@/lib/money/currency";
import { readTypedAmount, typedMinor } from "./typed-amount";

const USD = toCurrency("USD");

describe("an amount typed by a person", () => {
  test.each([
    ["150", 15_000],
    ["$1,200.50", 120_050],
    ["1 200.5", 120_050],
    ["US$ 20.", 2_000],
    ["-50", -5_000],
    ["−$50", -5_000],
  ])("%j is %d cents", (typed, minor) => {
    expect(typedMinor(typed, USD, { signed: true })).toBe(minor);
  });

  test.each([
    ["a lot", "not_a_decimal"],
    ["12,5", "not_a_decimal"],
    ["1,20", "not_a_decimal"],
    ["1e3", "not_a_decimal"],
    ["1.005", "too_many_decimals"],
    ["-1", "negative"],
    ["99999999999999", "too_large"],
  ])("%j is refused as %s, never guessed", (typed, problem) => {
    expect(readTypedAmount(typed, USD)).toEqual({ kind: "problem", problem });
  });

  test("nothing typed is not zero", () => {
    expect(readTypedAmount("  ", USD)).toEqual({ kind: "empty" });
  });

  test("yen have no decimals", () => {
    expect(typedMinor("¥3,000", toCurrency("JPY"))).toBe(3_000);
    expect(typedMinor("3000.5", toCurrency("JPY"))).toBeNull();
  });
});
