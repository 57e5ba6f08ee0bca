import { expect, test } from "vitest";
import { eventTypes, failure, standIn } from "../../testing/stand-in";

test("a plan is a recurring price under its older name", async () => {
  const { stripe } = await standIn();
  const plan = await stripe.plans.create({
    id: "pro",
    amount: 2_000,
    currency: "usd",
    interval: "month",
    product: { name: "Pro" },
    nickname: "Pro, monthly",
  });
  expect(plan).toMatchObject({ id: "pro", object: "plan", amount: 2_000, usage_type: "licensed" });
  expect(await stripe.prices.retrieve("pro")).toMatchObject({ unit_amount: 2_000, recurring: { interval: "month" } });
  expect((await stripe.plans.update("pro", { metadata: { a: "b" } })).metadata).toEqual({ a: "b" });
  expect((await stripe.plans.list({ product: String(plan.product) })).data.map(({ id }) => id)).toEqual(["pro"]);
  const again = stripe.plans.create({ id: "pro", amount: 1, currency: "usd", interval: "day", product: "prod_1" });
  expect((await failure(again)).code).toBe("resource_already_exists");
  expect(await stripe.plans.del("pro")).toEqual(expect.objectContaining({ id: "pro", deleted: true }));
  expect((await failure(stripe.plans.retrieve("pro"))).code).toBe("resource_missing");
  expect(await eventTypes(stripe)).toEqual([
    "product.created",
    "plan.created",
    "price.created",
    "plan.updated",
    "price.updated",
    "plan.deleted",
    "price.deleted",
  ]);
});
