import { describe, expect, it } from "vitest";
import { formatMoney, parseAmount, toDecimalString } from "./amount";
import { toCurrency } from "./currency";
import { feeFor } from "./fees";
import { max, min, toBps, toMinor } from "./minor";

const USD = toCurrency("usd");
const JPY = toCurrency("JPY");
const KWD = toCurrency("KWD");

describe("the worked example", () => {
  it("charges $668.85 for $650.00", () => {
    const fee = feeFor(
      toMinor(65_000),
      { kind: "percent", rateBps: toBps(290), fixedMinor: toMinor(30), offFor: [], stepMinor: 1 },
      null,
    );
    expect(fee).toEqual({ feeMinor: 1_885, totalMinor: 66_885, reason: null });
  });
});

describe("amounts from outside", () => {
  it.each([
    ["668.85", USD, 66_885],
    [50, USD, 5_000],
    [0.07, USD, 7],
    ["500", JPY, 500],
    ["1.234", KWD, 1_234],
    ["0007.5", USD, 750],
    [`${"0".repeat(20)}7`, USD, 700],
  ])("reads %s %s", (input, currency, minor) => expect(parseAmount(input, currency)).toBe(minor));

  it.each([
    ["1.005", USD, "too_many_decimals"],
    ["1.5", JPY, "too_many_decimals"],
    ["1.2345", KWD, "too_many_decimals"],
    ["1e3", USD, "not_a_decimal"],
    [1e21, USD, "too_large"],
    ["9".repeat(40), USD, "too_large"],
    [0.0000001, USD, "too_many_decimals"],
    [Number.NaN, USD, "not_a_decimal"],
    [Number.POSITIVE_INFINITY, USD, "not_a_decimal"],
    ["", USD, "not_a_decimal"],
    [" 1", USD, "not_a_decimal"],
    ["+1", USD, "not_a_decimal"],
    [".5", USD, "not_a_decimal"],
    ["１", USD, "not_a_decimal"],
    ["-1", USD, "negative"],
    ["99999999999999", USD, "too_large"],
  ])("refuses %s %s", (input, currency, problem) => expect(parseAmount(input, currency)).toBe(problem));

  it("reads signed amounts where they make sense", () =>
    expect(parseAmount("-12.30", USD, { signed: true })).toBe(-1_230));
});

describe("amounts for others", () => {
  it.each([
    [66_885, USD, "668.85"],
    [-5, USD, "-0.05"],
    [0, USD, "0.00"],
    [500, JPY, "500"],
    [1_234, KWD, "1.234"],
    [-1, KWD, "-0.001"],
  ])("writes %s %s", (minor, currency, text) => expect(toDecimalString(toMinor(minor), currency)).toBe(text));

  it("formats for people", () => {
    expect(formatMoney(toMinor(66_885), USD, "en")).toBe("$668.85");
    expect(formatMoney(toMinor(-5_000), USD, "en")).toBe("-$50.00");
    expect(formatMoney(toMinor(500), JPY, "en")).toBe("¥500");
  });
});

it("takes the lesser and the greater of two amounts, also below zero", () => {
  const [owed, credit] = [toMinor(-500), toMinor(1_933)];
  expect([min(owed, credit), min(credit, owed), max(owed, credit), max(credit, owed)]).toEqual([
    -500, -500, 1_933, 1_933,
  ]);
});
