import Stripe from "stripe";
import { expect, test } from "vitest";
import { eventTypes, failure, standIn } from "../../testing/stand-in";

const tiers = [
  { up_to: 10, unit_amount: 500, flat_amount: 1_000 },
  { up_to: "inf" as const, unit_amount_decimal: Stripe.Decimal.from("2.5") },
];

test("what a price costs never changes, only how it is shown and sold", async () => {
  const { stripe } = await standIn();
  const product = await stripe.products.create({ name: "Credits" });
  const price = await stripe.prices.create({ product: product.id, currency: "USD", unit_amount: 100, nickname: "old" });
  expect(price).toMatchObject({ currency: "usd", type: "one_time", tax_behavior: "unspecified", active: true });
  expect(String(price.unit_amount_decimal)).toBe("100");
  const unknown = { unit_amount: 200 } as Stripe.PriceUpdateParams;
  expect(await failure(stripe.prices.update(price.id, unknown))).toMatchObject({ code: "parameter_unknown" });
  expect(await stripe.prices.update(price.id, { nickname: "new", tax_behavior: "exclusive" })).toMatchObject({
    nickname: "new",
    tax_behavior: "exclusive",
    unit_amount: 100,
  });
  expect((await failure(stripe.prices.update(price.id, { tax_behavior: "inclusive" }))).param).toBe("tax_behavior");
  expect(await eventTypes(stripe)).toEqual(["product.created", "price.created", "price.updated"]);
});

test("a lookup key belongs to one price until it is transferred", async () => {
  const { stripe } = await standIn();
  const product = await stripe.products.create({ name: "Pro" });
  const make = (more: Partial<Stripe.PriceCreateParams>) =>
    stripe.prices.create({ product: product.id, currency: "usd", unit_amount: 100, lookup_key: "pro", ...more });
  const first = await make({});
  expect((await failure(make({}))).message).toBe(`A price (\`${first.id}\`) already uses that lookup key.`);
  const second = await make({ transfer_lookup_key: true });
  expect((await stripe.prices.retrieve(first.id)).lookup_key).toBeNull();
  const found = await stripe.prices.list({ lookup_keys: ["pro"], expand: ["data.product"] });
  expect(found.data).toMatchObject([{ id: second.id, product: { name: "Pro" } }]);
  await stripe.prices.update(second.id, { active: false });
  expect((await stripe.prices.list({ lookup_keys: ["pro"] })).data).toEqual([]);
  expect((await stripe.prices.list({ active: false })).data.map(({ id }) => id)).toEqual([second.id]);
});

test("tiers and amounts in other currencies show when they are asked for", async () => {
  const { stripe } = await standIn();
  const price = await stripe.prices.create({
    product_data: { name: "Calls" },
    currency: "usd",
    billing_scheme: "tiered",
    tiers_mode: "graduated",
    recurring: { interval: "month" },
    tiers,
    currency_options: { eur: { tiers: [{ up_to: "inf", unit_amount: 400 }] } },
  });
  expect(price).toMatchObject({ unit_amount: null, tiers_mode: "graduated" });
  expect(price.tiers).toBeUndefined();
  const whole = await stripe.prices.retrieve(price.id, { expand: ["tiers", "currency_options"] });
  expect(whole.tiers?.map((tier) => [tier.up_to, tier.unit_amount, String(tier.unit_amount_decimal)])).toEqual([
    [10, 500, "500"],
    [null, null, "2.5"],
  ]);
  expect(Object.keys(whole.currency_options ?? {}).sort()).toEqual(["eur", "usd"]);
});

test("contradictions are refused", async () => {
  const { stripe } = await standIn();
  const product = (await stripe.products.create({ name: "Odd" })).id;
  const refusal = async (given: Partial<Stripe.PriceCreateParams>) =>
    (await failure(stripe.prices.create({ product, currency: "usd", ...given }))).param;
  expect(await refusal({})).toBe("unit_amount");
  expect(await refusal({ unit_amount: -1 })).toBe("unit_amount");
  expect(await refusal({ unit_amount: 1, unit_amount_decimal: Stripe.Decimal.from("1.5") })).toBe("unit_amount");
  expect(await refusal({ unit_amount: 1, currency: "xyz" })).toBe("currency");
  expect(await refusal({ unit_amount: 1, product: "prod_none" })).toBe("product");
  expect(await refusal({ unit_amount: 1, recurring: { interval: "month", interval_count: 37 } })).toBe(
    "recurring[interval_count]",
  );
  expect(await refusal({ unit_amount: 1, recurring: { interval: "month", usage_type: "metered" } })).toBe(
    "recurring[meter]",
  );
  const tiered = { billing_scheme: "tiered", recurring: { interval: "month" } } as const;
  expect(await refusal({ ...tiered, tiers })).toBe("tiers_mode");
  expect(await refusal({ ...tiered, tiers_mode: "volume" })).toBe("tiers");
  expect(await refusal({ ...tiered, tiers_mode: "volume", tiers: tiers.slice(0, 1) })).toBe("tiers");
  expect(
    await refusal({ ...tiered, tiers_mode: "volume", tiers, transform_quantity: { divide_by: 5, round: "up" } }),
  ).toBe("transform_quantity");
});

test("a metered price is backed by its meter", async () => {
  const { stripe } = await standIn();
  const meter = await stripe.billing.meters.create({
    display_name: "Tokens",
    event_name: "tokens",
    default_aggregation: { formula: "sum" },
  });
  const price = await stripe.prices.create({
    product_data: { name: "Tokens" },
    currency: "usd",
    unit_amount_decimal: Stripe.Decimal.from("0.0375"),
    recurring: { interval: "month", usage_type: "metered", meter: meter.id },
  });
  expect(price.recurring).toMatchObject({ meter: meter.id, usage_type: "metered" });
  expect(price.unit_amount).toBeNull();
  expect(String(price.unit_amount_decimal)).toBe("0.0375");
  expect((await stripe.prices.list({ recurring: { meter: meter.id } })).data).toHaveLength(1);
});
