import { describe, expect, it } from "vitest";
import { chargeStepOf, toCurrency } from "@/lib/money/currency";
import { toBps, toMinor } from "@/lib/money/minor";
import { quote } from "./quote";

const KWD = toCurrency("KWD");

describe("currencies with three decimals", () => {
  it("are charged in steps that end in 0, as Stripe demands", () => {
    const policy = {
      kind: "percent" as const,
      rateBps: toBps(290),
      fixedMinor: toMinor(30),
      offFor: [],
      stepMinor: chargeStepOf(KWD),
    };
    const q = quote({
      balanceMinor: toMinor(-947),
      pendingMinor: toMinor(0),
      targetMinor: toMinor(60_123),
      feePolicy: policy,
      method: null,
    });
    expect(q).toMatchObject({ amountMinor: 61_070, feeMinor: 1_770, totalMinor: 62_840, balanceAfterMinor: 60_123 });
    const odd = quote({
      balanceMinor: toMinor(1),
      pendingMinor: toMinor(0),
      targetMinor: toMinor(60_123),
      feePolicy: policy,
      method: null,
    });
    expect(odd.totalMinor % 10).toBe(0);
    expect(odd.balanceAfterMinor).toBe(60_131);
  });
});
