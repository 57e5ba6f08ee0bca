import { afterEach, beforeEach, expect, test } from "vitest";
import { setClockForTests } from "@/lib/clock";
import { eventTypes, failure, standIn } from "../../testing/stand-in";

beforeEach(() => setClockForTests("2030-03-04T15:00:00Z"));
afterEach(() => setClockForTests(null));

test("a number is looked up a little later, with the outcome that its digits rehearse", async () => {
  const { stripe, advance } = await standIn();
  const { id: customer } = await stripe.customers.create({
    tax_id_data: [{ type: "eu_vat", value: "DE123456789" }],
  });
  for (const value of ["000000000", "111111111", "222222222"])
    expect((await stripe.customers.createTaxId(customer, { type: "eu_vat", value })).verification?.status).toBe(
      "pending",
    );
  await stripe.customers.createTaxId(customer, { type: "us_ein", value: "12-3456789" });
  await advance("1m");
  const held = await stripe.customers.listTaxIds(customer);
  expect(held.data.map((row) => [row.value, row.country, row.verification?.status]).reverse()).toEqual([
    ["DE123456789", "DE", "verified"],
    ["000000000", null, "verified"],
    ["111111111", null, "unverified"],
    ["222222222", null, "pending"],
    ["12-3456789", "US", "unavailable"],
  ]);
  expect((await eventTypes(stripe)).filter((type) => type === "customer.tax_id.updated")).toHaveLength(3);
  const sixth = stripe.customers.createTaxId(customer, { type: "gb_vat", value: "GB123456789" });
  expect((await failure(sixth)).message).toContain("at most 5");
});

test("what cannot be a number is refused", async () => {
  const { stripe } = await standIn();
  const { id } = await stripe.customers.create({});
  const refused = (type: string, value: string) => failure(stripe.customers.createTaxId(id, { type, value }));
  expect(await refused("eu_vat", "123")).toMatchObject({ code: "tax_id_invalid", param: "value" });
  expect(await refused("mars_vat", "123456789")).toMatchObject({ param: "type" });
});

test("it is expanded with its customer, and gone when deleted", async () => {
  const { stripe } = await standIn();
  const { id } = await stripe.customers.create({ address: { country: "DE" } });
  const taxId = await stripe.customers.createTaxId(id, { type: "ch_vat", value: "CHE-123.456.789 MWST" });
  const customer = await stripe.customers.retrieve(id, { expand: ["tax_ids", "tax"] });
  expect(customer).toMatchObject({
    tax_ids: { data: [{ id: taxId.id, country: "CH" }] },
    tax: { automatic_tax: "not_collecting", location: { country: "DE", source: "billing_address" } },
  });
  await stripe.customers.deleteTaxId(id, taxId.id);
  expect((await failure(stripe.customers.retrieveTaxId(id, taxId.id))).statusCode).toBe(404);
  const own = await stripe.taxIds.create({ type: "us_ein", value: "12-3456789" });
  expect(own.owner).toMatchObject({ type: "self" });
  expect((await stripe.taxIds.list()).data.map((row) => row.id)).toEqual([own.id]);
});
