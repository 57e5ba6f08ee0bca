import fc from "fast-check";
import { expect, test } from "vitest";
import { divideHalfUp, exact, exactText, ONE, toMinorHalfUp } from "./decimal";
import { sharesOf } from "./shares";
import { graduatedLines, type TierLine, type TierTerms, volumeLines } from "./tiers";

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
const priceText = fc
  .tuple(fc.nat(10_000), fc.nat(999_999))
  .map(([whole, parts]) => exactText(exact(whole) + BigInt(parts) * 1_000_000n));

/** Tiers with rising ends, the last one without. */
function tiersOf(amount: fc.Arbitrary<string>): fc.Arbitrary<TierTerms[]> {
  const flat = fc.option(amount, { nil: null });
  return fc
    .array(fc.record({ size: fc.integer({ min: 1, max: 50 }), unit: amount, flat }), { maxLength: 4 })
    .chain((sized) =>
      fc.record({ unit: amount, flat }).map((last) => {
        let upTo = 0;
        const bounded = sized.map(({ size, ...tier }) => {
          upTo += size;
          return { ...tier, upTo };
        });
        return [...bounded, { ...last, upTo: null }];
      }),
    );
}
const wholeAmount = fc.nat(100_000).map(String);

/** Every unit by itself, in the tier it falls in, and every tier that was entered with its fee. */
function unitByUnit(tiers: TierTerms[], quantity: number): number {
  const tierOf = (unit: number) => tiers.findIndex((tier) => tier.upTo === null || unit <= tier.upTo);
  const units = Array.from({ length: quantity }, (_, at) => Number(tiers[tierOf(at + 1)]?.unit ?? 0));
  const entered = tiers.slice(0, tierOf(Math.max(1, quantity)) + 1);
  return sum(units) + sum(entered.map((tier) => Number(tier.flat ?? 0)));
}

const total = (lines: TierLine[]) => sum(lines.map((line) => line.amountMinor));

test("decimals are read and written without loss, and halves go away from zero", () => {
  fc.assert(
    fc.property(priceText, (text) => {
      expect(exactText(exact(text))).toBe(text);
    }),
  );
  expect(toMinorHalfUp(exact("0.5"))).toBe(1);
  expect(toMinorHalfUp(exact("0.499999999999"))).toBe(0);
  expect(divideHalfUp(-5n, 2n)).toBe(-3n);
  expect(exact("-1.25")).toBe((-5n * ONE) / 4n);
  expect(() => exact("1e3")).toThrow(RangeError);
  expect(() => exact("0.0000000000001")).toThrow(RangeError);
});

test("shares add up exactly, and none is off by a whole unit", () => {
  fc.assert(
    fc.property(fc.nat(10 ** 12), fc.array(fc.nat(10 ** 12), { minLength: 1, maxLength: 20 }), (minor, weights) => {
      const whole = weights.reduce((all, weight) => all + BigInt(weight), 0n);
      const parts = sharesOf(minor, weights);
      expect(sum(parts)).toBe(whole === 0n ? 0 : minor);
      parts.forEach((part, at) => {
        if (whole === 0n) return;
        const off = BigInt(part) * whole - BigInt(minor) * BigInt(weights[at] ?? 0);
        expect(off < whole && off > -whole).toBe(true);
      });
    }),
  );
});

test("graduated tiers cost what the units cost one by one", () => {
  fc.assert(
    fc.property(tiersOf(wholeAmount), fc.nat(300), (tiers, quantity) => {
      const lines = graduatedLines(tiers, exact(quantity));
      expect(total(lines)).toBe(unitByUnit(tiers, quantity));
      expect(sum(lines.filter((line) => !line.flat).map((line) => line.quantity))).toBe(quantity);
    }),
  );
});

test("volume tiers price every unit by the tier that the whole reaches", () => {
  fc.assert(
    fc.property(tiersOf(priceText), fc.nat(300), (tiers, quantity) => {
      const tier = tiers.find(({ upTo }) => upTo === null || quantity <= upTo);
      const units = quantity === 0 ? 0 : toMinorHalfUp(exact(tier?.unit ?? "0") * BigInt(quantity));
      expect(total(volumeLines(tiers, exact(quantity)))).toBe(units + toMinorHalfUp(exact(tier?.flat ?? "0")));
    }),
  );
});

test("the documented example: 5 at $7, then $6.50, then $6", () => {
  const tiers = [
    { upTo: 5, unit: "700", flat: null },
    { upTo: 10, unit: "650", flat: null },
    { upTo: null, unit: "600", flat: null },
  ];
  expect(total(graduatedLines(tiers, exact(20)))).toBe(12_750);
  expect(total(volumeLines(tiers, exact(20)))).toBe(12_000);
  expect(
    graduatedLines(tiers, exact(6)).map(({ quantity, amountMinor, tier }) => [quantity, amountMinor, tier]),
  ).toEqual([
    [5, 3_500, 1],
    [1, 650, 2],
  ]);
});
