import fc from "fast-check";
import { expect, test } from "vitest";
import { toMinor } from "@/lib/money/minor";
import { largestRefund, type Paid, splitRefund } from "./refund-split";

const example = {
  amountMinor: toMinor(66_885),
  feeMinor: toMinor(1_885),
  refundedMinor: toMinor(0),
  refundedFeeMinor: toMinor(0),
};

test("the worked example given back whole takes 650.00 from the balance and 18.85 from the fee", () => {
  expect(splitRefund(example, toMinor(66_885))).toEqual({
    amountMinor: 66_885,
    principalMinor: 65_000,
    feeMinor: 1_885,
  });
});

test("a part takes its share of the fee", () => {
  expect(splitRefund(example, toMinor(10_000))).toEqual({ amountMinor: 10_000, principalMinor: 9_718, feeMinor: 282 });
});

test("with 100.00 unused, 102.90 can be given back", () => {
  expect(largestRefund(example, toMinor(10_000))).toBe(10_290);
  expect(largestRefund(example, toMinor(0))).toBe(0);
  expect(largestRefund(example, toMinor(1_000_000))).toBe(66_885);
});

test("in steps of ten the most is rounded down, unless it is all that is left", () => {
  expect(largestRefund(example, toMinor(9_718), 10)).toBe(10_000);
  expect(largestRefund(example, toMinor(9_720), 10)).toBe(10_000);
  expect(largestRefund(example, toMinor(1_000_000), 10)).toBe(66_885);
});

const payments = fc
  .record({ net: fc.integer({ min: 1, max: 5_000_000 }), fee: fc.integer({ min: 0, max: 200_000 }) })
  .map(({ net, fee }) => ({ amountMinor: net + fee, feeMinor: fee }));

test("whatever the parts, the whole fee goes back with the whole payment and no part is negative", () => {
  fc.assert(
    fc.property(payments, fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 }), (payment, cuts) => {
      const edges = [...cuts.map((cut) => Math.round(cut * payment.amountMinor)), payment.amountMinor].sort(
        (a, b) => a - b,
      );
      let refunded = 0;
      let fees = 0;
      for (const edge of edges) {
        if (edge === refunded) continue;
        const paid = { ...payment, refundedMinor: refunded, refundedFeeMinor: fees } as typeof example;
        const split = splitRefund(paid, toMinor(edge - refunded));
        expect(split.feeMinor).toBeGreaterThanOrEqual(0);
        expect(split.principalMinor).toBeGreaterThanOrEqual(0);
        expect(split.principalMinor + split.feeMinor).toBe(split.amountMinor);
        fees += split.feeMinor;
        refunded = edge;
      }
      expect(fees).toBe(payment.feeMinor);
    }),
  );
});

test("parts that failed while others went on leave nothing behind: what is left has the rest of the fee", () => {
  const part = fc.record({ share: fc.double({ min: 0, max: 0.4, noNaN: true }), fails: fc.boolean() });
  fc.assert(
    fc.property(payments, fc.array(part, { maxLength: 8 }), (payment, parts) => {
      const paid = { ...payment, refundedMinor: 0, refundedFeeMinor: 0 } as { -readonly [K in keyof Paid]: number };
      const give = (amount: number) => {
        const split = splitRefund(paid as Paid, toMinor(amount));
        expect(split.feeMinor).toBeGreaterThanOrEqual(0);
        expect(split.principalMinor).toBeGreaterThanOrEqual(0);
        paid.refundedMinor += amount;
        paid.refundedFeeMinor += split.feeMinor;
        return split;
      };
      const failed = [];
      for (const { share, fails } of parts) {
        const amount = Math.floor(share * (payment.amountMinor - paid.refundedMinor));
        if (amount === 0) continue;
        const split = give(amount);
        if (fails) failed.push(split);
      }
      for (const split of failed) {
        paid.refundedMinor -= split.amountMinor;
        paid.refundedFeeMinor -= split.feeMinor;
      }
      give(payment.amountMinor - paid.refundedMinor);
      expect(paid.refundedFeeMinor).toBe(payment.feeMinor);
    }),
  );
});

test("the largest refund fits into the balance, and one more would not", () => {
  fc.assert(
    fc.property(payments, fc.nat(5_200_000), (payment, unused) => {
      const paid = { ...payment, refundedMinor: 0, refundedFeeMinor: 0 } as typeof example;
      const largest = largestRefund(paid, toMinor(unused));
      if (largest > 0) expect(splitRefund(paid, largest).principalMinor).toBeLessThanOrEqual(unused);
      if (largest < payment.amountMinor)
        expect(splitRefund(paid, toMinor(largest + 1)).principalMinor).toBeGreaterThan(unused);
    }),
  );
});
