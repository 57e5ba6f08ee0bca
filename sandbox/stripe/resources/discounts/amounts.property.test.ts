import fc from "fast-check";
import type Stripe from "stripe";
import { expect, test } from "vitest";
import { Account } from "../../account";
import { discountLines } from "./amounts";

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

function coupon(percentOff: number | null, amountOff: number | null): Stripe.Coupon {
  return {
    id: "C",
    object: "coupon",
    amount_off: amountOff,
    created: 0,
    currency: amountOff === null ? null : "usd",
    duration: "once",
    duration_in_months: null,
    livemode: false,
    max_redemptions: null,
    metadata: {},
    name: null,
    percent_off: percentOff,
    redeem_by: null,
    times_redeemed: 1,
    valid: true,
  };
}

function discount(id: string): Stripe.Discount {
  return {
    id,
    object: "discount",
    checkout_session: null,
    customer: "cus_1",
    customer_account: null,
    end: null,
    invoice: "in_1",
    invoice_item: null,
    promotion_code: null,
    source: { coupon: "C", type: "coupon" },
    start: 0,
    subscription: null,
    subscription_item: null,
  };
}

const terms = fc.oneof(
  fc.record({ percent: fc.integer({ min: 1, max: 10_000 }).map((parts) => parts / 100), amount: fc.constant(null) }),
  fc.record({ percent: fc.constant(null), amount: fc.integer({ min: 1, max: 500_000 }) }),
);
const line = fc.record({
  amountMinor: fc.integer({ min: -50_000, max: 200_000 }),
  product: fc.constantFrom("prod_a", "prod_b", null),
  discountable: fc.boolean(),
});

test("each discount takes off exactly its whole, from what the ones before have left, and never more than there is", () => {
  const account = new Account({ secretKey: "sk_test_1", publishableKey: "pk_test_1" }, null);
  fc.assert(
    fc.property(fc.array(terms, { minLength: 1, maxLength: 4 }), fc.array(line, { maxLength: 8 }), (given, lines) => {
      const discounts = given.map((_, at) => discount(`di_${at}`));
      account.store.transaction(() =>
        given.forEach(({ percent, amount }, at) => {
          const amounts = amount === null ? null : { usd: amount };
          const products = at % 2 === 1 ? ["prod_a"] : null;
          account.tables.discountTerms.put({ id: `di_${at}`, coupon: coupon(percent, amount), products, amounts });
        }),
      );
      const taken = discountLines(account, discounts, lines, "usd");
      const left = lines.map((one) => one.amountMinor);
      given.forEach(({ percent, amount }, at) => {
        const eligible = lines.map((one, place) =>
          one.discountable && (at % 2 === 0 || one.product === "prod_a") ? Math.max(0, left[place] ?? 0) : 0,
        );
        const parts = taken.map((of) =>
          sum(of.flatMap((part) => (part.discount === `di_${at}` ? part.amountMinor : []))),
        );
        const whole = sum(eligible);
        const wanted =
          percent === null ? Math.min(amount ?? 0, whole) : Math.round((whole * Math.round(percent * 100)) / 10_000);
        expect(sum(parts)).toBe(wanted);
        parts.forEach((part, place) => {
          expect(part).toBeGreaterThanOrEqual(0);
          expect(part).toBeLessThanOrEqual(eligible[place] ?? 0);
          left[place] = (left[place] ?? 0) - part;
        });
      });
    }),
  );
});
