import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type FeePolicy, feeFor } from "./fees";
import { toBps, toMinor } from "./minor";

const policy = (kind: FeePolicy["kind"], rate = 290, fixed = 30): FeePolicy => ({
  kind,
  rateBps: toBps(rate),
  fixedMinor: toMinor(fixed),
  offFor: [],
  stepMinor: 1,
});
const card = { type: "card", funding: "credit", country: "US" };
const amounts = fc.integer({ min: 1, max: 1_000_000_00 });
const rates = fc.integer({ min: 0, max: 5_000 });

describe("fees", () => {
  it("percent is the amount's share rounded half-up, against exact fractions", () => {
    fc.assert(
      fc.property(amounts, rates, (amount, rate) => {
        const { feeMinor, totalMinor } = feeFor(toMinor(amount), policy("percent", rate), card);
        const exactTimes10k = BigInt(amount) * BigInt(rate);
        const distance = BigInt(feeMinor) * 10_000n - exactTimes10k;
        expect(distance > -5_000n && distance <= 5_000n).toBe(true);
        expect(totalMinor).toBe(amount + feeMinor);
      }),
    );
  });

  it("gross-up nets the amount again, for every amount Stripe takes", () => {
    fc.assert(
      fc.property(fc.integer({ min: 50, max: 1_000_000_00 }), (amount) => {
        const { totalMinor } = feeFor(toMinor(amount), policy("gross_up"), card);
        const stripeTakes = Math.floor((totalMinor * 290 + 5_000) / 10_000) + 30;
        expect(Math.abs(totalMinor - stripeTakes - amount)).toBeLessThanOrEqual(amount > 200_000 ? 1 : 0);
      }),
    );
  });

  it("is never taken by a policy of none or from an exempt method, and says why", () => {
    fc.assert(
      fc.property(amounts, (amount) => {
        expect(feeFor(toMinor(amount), policy("none"), card)).toEqual({
          feeMinor: 0,
          totalMinor: amount,
          reason: "policy:none",
        });
        const exempt = { ...policy("percent"), offFor: ["funding:debit"] };
        expect(feeFor(toMinor(amount), exempt, { ...card, funding: "debit" })).toEqual({
          feeMinor: 0,
          totalMinor: amount,
          reason: "funding:debit",
        });
        expect(feeFor(toMinor(amount), exempt, card).reason).toBeNull();
      }),
    );
  });
});
