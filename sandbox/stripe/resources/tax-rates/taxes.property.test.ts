import fc from "fast-check";
import type Stripe from "stripe";
import { expect, test } from "vitest";
import { taxesOn } from "./taxes";

let count = 0;
function rate(percentage: number, inclusive: boolean): Stripe.TaxRate {
  count += 1;
  return {
    id: `txr_${count}`,
    object: "tax_rate",
    active: true,
    country: null,
    created: 0,
    description: null,
    display_name: "Tax",
    effective_percentage: percentage,
    flat_amount: null,
    inclusive,
    jurisdiction: null,
    jurisdiction_level: null,
    livemode: false,
    metadata: {},
    percentage,
    rate_type: "percentage",
    state: null,
    tax_type: null,
  };
}

const percentage = fc.integer({ min: 0, max: 1_000_000 }).map((parts) => Number((parts / 10_000).toFixed(4)));
const amount = fc.integer({ min: -(10 ** 9), max: 10 ** 9 });
const rates = (inclusive: boolean) =>
  fc.array(
    percentage.map((value) => rate(value, inclusive)),
    { maxLength: 3 },
  );

test("the documented examples", () => {
  expect(taxesOn(1_000, [rate(20, false)]).exclusiveMinor).toBe(200);
  expect(taxesOn(1_000, [rate(20, true)])).toMatchObject({
    exclusiveMinor: 0,
    inclusiveMinor: 167,
    taxes: [{ amount: 167, taxable_amount: 833, tax_behavior: "inclusive" }],
  });
  expect(taxesOn(999, [rate(8.875, false)]).exclusiveMinor).toBe(89);
});

test("an inclusive tax and what it is counted on make the amount; a credit mirrors its debit", () => {
  fc.assert(
    fc.property(amount, rates(true), rates(false), (minor, inclusive, exclusive) => {
      const result = taxesOn(minor, [...inclusive, ...exclusive]);
      expect(result.taxes[0]?.taxable_amount ?? minor).toBe(minor - result.inclusiveMinor);
      const mirrored = taxesOn(-minor, [...inclusive, ...exclusive]);
      expect(mirrored.exclusiveMinor + result.exclusiveMinor).toBe(0);
      expect(mirrored.inclusiveMinor + result.inclusiveMinor).toBe(0);
    }),
  );
});

test("each exclusive rate is off by no more than half a unit", () => {
  fc.assert(
    fc.property(amount, percentage, (minor, percent) => {
      const { exclusiveMinor } = taxesOn(minor, [rate(percent, false)]);
      const off = BigInt(exclusiveMinor) * 1_000_000n - BigInt(minor) * BigInt(Math.round(percent * 10_000));
      expect(off >= -500_000n && off <= 500_000n).toBe(true);
    }),
  );
});

test("exempt customers pay nothing, and the line says why", () => {
  const standard = rate(19, false);
  expect(taxesOn(1_000, [standard], "exempt").taxes).toMatchObject([
    { amount: 0, taxability_reason: "customer_exempt" },
  ]);
  expect(taxesOn(1_000, [standard], "reverse").taxes).toMatchObject([
    { amount: 0, taxability_reason: "reverse_charge" },
  ]);
});
