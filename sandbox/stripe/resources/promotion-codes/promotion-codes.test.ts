import { afterEach, beforeEach, expect, test } from "vitest";
import { setClockForTests } from "@/lib/clock";
import { failure, standIn } from "../../testing/stand-in";

beforeEach(() => setClockForTests("2030-03-04T15:00:00Z"));
afterEach(() => setClockForTests(null));

const soon = Date.parse("2030-03-05T15:00:00Z") / 1000;

test("a code is unique among the active ones, whatever its case", async () => {
  const { stripe } = await standIn();
  const coupon = (await stripe.coupons.create({ percent_off: 10 })).id;
  const promotion = { type: "coupon", coupon } as const;
  const code = await stripe.promotionCodes.create({ promotion, code: "Spring-30", metadata: { by: "mail" } });
  expect(code).toMatchObject({ active: true, code: "Spring-30", promotion: { coupon, type: "coupon" } });
  expect((await failure(stripe.promotionCodes.create({ promotion, code: "SPRING-30" }))).param).toBe("code");
  expect((await failure(stripe.promotionCodes.create({ promotion, code: "spring 30" }))).param).toBe("code");
  expect((await stripe.promotionCodes.list({ code: "spring-30" })).data).toHaveLength(1);
  await stripe.promotionCodes.update(code.id, { active: false });
  await stripe.promotionCodes.create({ promotion, code: "SPRING-30" });
  expect((await stripe.promotionCodes.list({ active: true, coupon })).data.map((row) => row.code)).toEqual([
    "SPRING-30",
  ]);
  expect(
    (await stripe.promotionCodes.retrieve(code.id, { expand: ["promotion.coupon"] })).promotion.coupon,
  ).toMatchObject({ id: coupon, percent_off: 10 });
});

test("a newer version says `promotion`", async () => {
  const { stripe } = await standIn();
  const { id: coupon } = await stripe.coupons.create({ percent_off: 10 });
  const older = { coupon } as unknown as Parameters<typeof stripe.promotionCodes.create>[0];
  expect(await failure(stripe.promotionCodes.create(older))).toMatchObject({
    code: "parameter_unknown",
    param: "coupon",
  });
});

test("it ends with its own time, its own number and its coupon", async () => {
  const { stripe, advance } = await standIn();
  const { id: coupon } = await stripe.coupons.create({ percent_off: 10, max_redemptions: 5, redeem_by: soon });
  const promotion = { type: "coupon", coupon } as const;
  expect((await failure(stripe.promotionCodes.create({ promotion, max_redemptions: 6 }))).param).toBe(
    "max_redemptions",
  );
  expect((await failure(stripe.promotionCodes.create({ promotion, expires_at: soon + 1 }))).param).toBe("expires_at");
  const { id, expires_at: expiry } = await stripe.promotionCodes.create({ promotion });
  expect(expiry).toBe(soon);
  await advance("25h");
  expect((await stripe.promotionCodes.retrieve(id)).active).toBe(false);
  expect((await failure(stripe.promotionCodes.update(id, { active: true }))).param).toBe("active");
});

test("smallest amounts show in every currency when asked for", async () => {
  const { stripe } = await standIn();
  const { id: coupon } = await stripe.coupons.create({ percent_off: 10 });
  const { id } = await stripe.promotionCodes.create({
    promotion: { type: "coupon", coupon },
    restrictions: {
      minimum_amount: 5_000,
      minimum_amount_currency: "usd",
      currency_options: { eur: { minimum_amount: 4_500 } },
    },
  });
  const { restrictions } = await stripe.promotionCodes.retrieve(id, { expand: ["restrictions.currency_options"] });
  expect(restrictions).toEqual({
    first_time_transaction: false,
    minimum_amount: 5_000,
    minimum_amount_currency: "usd",
    currency_options: { usd: { minimum_amount: 5_000 }, eur: { minimum_amount: 4_500 } },
  });
});
