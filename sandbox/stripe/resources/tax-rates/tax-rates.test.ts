import { expect, test } from "vitest";
import { eventTypes, failure, standIn } from "../../testing/stand-in";

test("a rate keeps its percentage for ever and can be archived", async () => {
  const { stripe } = await standIn();
  const rate = await stripe.taxRates.create({
    display_name: "Sales tax",
    percentage: 8.8752,
    inclusive: false,
    country: "us",
    state: "NY",
    tax_type: "sales_tax",
  });
  expect(rate).toMatchObject({ percentage: 8.8752, effective_percentage: 8.8752, country: "US", active: true });
  const other = { percentage: 9 } as Parameters<typeof stripe.taxRates.update>[1];
  expect((await failure(stripe.taxRates.update(rate.id, other))).code).toBe("parameter_unknown");
  await stripe.taxRates.update(rate.id, { active: false, description: "until 2030" });
  expect((await stripe.taxRates.list({ active: true })).data).toEqual([]);
  expect((await stripe.taxRates.list({ inclusive: false })).data).toHaveLength(1);
  const wrong = stripe.taxRates.create({ display_name: "x", percentage: 101, inclusive: true });
  expect((await failure(wrong)).param).toBe("percentage");
  expect(await eventTypes(stripe)).toEqual(["tax_rate.created", "tax_rate.updated"]);
});
