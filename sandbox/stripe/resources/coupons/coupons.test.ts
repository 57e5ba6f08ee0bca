import { afterEach, beforeEach, expect, test } from "vitest";
import { setClockForTests } from "@/lib/clock";
import { eventTypes, failure, standIn } from "../../testing/stand-in";

beforeEach(() => setClockForTests("2030-03-04T15:00:00Z"));
afterEach(() => setClockForTests(null));

const soon = Date.parse("2030-03-05T15:00:00Z") / 1000;

test("a coupon takes off a percentage or an amount, never both, and says for how long", async () => {
  const { stripe } = await standIn();
  const coupon = await stripe.coupons.create({ percent_off: 12.5, duration: "repeating", duration_in_months: 3 });
  expect(coupon).toMatchObject({ percent_off: 12.5, amount_off: null, times_redeemed: 0, valid: true });
  expect(coupon.id).toMatch(/^\w{8}$/);
  const refused = async (given: Parameters<typeof stripe.coupons.create>[0]) =>
    (await failure(stripe.coupons.create(given))).param;
  expect(await refused({})).toBe("percent_off");
  expect(await refused({ percent_off: 10, amount_off: 100, currency: "usd" })).toBe("amount_off");
  expect(await refused({ percent_off: 100.01 })).toBe("percent_off");
  expect(await refused({ amount_off: 100 })).toBe("currency");
  expect(await refused({ percent_off: 10, duration: "repeating" })).toBe("duration_in_months");
  expect(await refused({ percent_off: 10, redeem_by: soon - 2 * 86_400 })).toBe("redeem_by");
  expect(await refused({ percent_off: 10, id: coupon.id })).toBe("id");
});

test("what it applies to and other currencies show when asked for", async () => {
  const { stripe } = await standIn();
  const product = await stripe.products.create({ name: "Seats" });
  const { id } = await stripe.coupons.create({
    id: "FIVER",
    amount_off: 500,
    currency: "usd",
    currency_options: { eur: { amount_off: 450 } },
    applies_to: { products: [product.id] },
  });
  expect(await stripe.coupons.retrieve(id)).not.toHaveProperty("applies_to");
  await stripe.coupons.update(id, { currency_options: { gbp: { amount_off: 400 } }, name: "Five off" });
  expect(await stripe.coupons.retrieve(id, { expand: ["applies_to", "currency_options"] })).toMatchObject({
    name: "Five off",
    applies_to: { products: [product.id] },
    currency_options: { eur: { amount_off: 450 }, gbp: { amount_off: 400 }, usd: { amount_off: 500 } },
  });
  await stripe.coupons.del(id);
  expect((await failure(stripe.coupons.retrieve(id))).message).toBe("No such coupon: 'FIVER'");
  expect(await eventTypes(stripe)).toEqual(["product.created", "coupon.created", "coupon.updated", "coupon.deleted"]);
});

test("it is valid until its last moment", async () => {
  const { stripe, advance } = await standIn();
  const { id } = await stripe.coupons.create({ percent_off: 10, redeem_by: soon });
  await advance("24h");
  expect((await stripe.coupons.retrieve(id)).valid).toBe(true);
  await advance("1s");
  expect((await stripe.coupons.retrieve(id)).valid).toBe(false);
});
