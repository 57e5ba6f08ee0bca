import { afterEach, beforeEach, expect, test } from "vitest";
import { setClockForTests } from "@/lib/clock";
import { eventTypes, failure, standIn } from "../../testing/stand-in";

beforeEach(() => setClockForTests("2030-03-04T15:00:00Z"));
afterEach(() => setClockForTests(null));

test("a product comes with its default price, which cannot be archived while it is the default", async () => {
  const { stripe } = await standIn();
  const product = await stripe.products.create({
    name: "Team plan",
    default_price_data: { currency: "usd", unit_amount: 4_900, recurring: { interval: "month" } },
    marketing_features: [{ name: "Ten seats" }],
    expand: ["default_price"],
  });
  expect(product.default_price).toMatchObject({ unit_amount: 4_900, type: "recurring", product: product.id });
  expect(await eventTypes(stripe)).toEqual(["product.created", "plan.created", "price.created", "product.updated"]);
  const first = typeof product.default_price === "object" ? product.default_price?.id : undefined;
  const refused = await failure(stripe.prices.update(String(first), { active: false }));
  expect(refused).toMatchObject({ param: "active", statusCode: 400 });
  const dearer = await stripe.prices.create({ product: product.id, currency: "usd", unit_amount: 5_900 });
  expect((await stripe.products.update(product.id, { default_price: dearer.id })).default_price).toBe(dearer.id);
  expect((await stripe.prices.update(String(first), { active: false })).active).toBe(false);
});

test("an id of one's own is taken once; members are set, cleared and found", async () => {
  const { stripe } = await standIn();
  await stripe.products.create({ id: "gpu-hours", name: "GPU hours", unit_label: "hour", metadata: { sku: "1" } });
  expect(await failure(stripe.products.create({ id: "gpu-hours", name: "again" }))).toMatchObject({
    code: "resource_already_exists",
    param: "id",
  });
  const updated = await stripe.products.update("gpu-hours", {
    unit_label: "",
    description: "Rented by the hour",
    package_dimensions: { height: 1.25, length: 2, weight: 3, width: 4 },
    tax_code: "txcd_10103001",
    images: ["https://example.com/gpu.png"],
  });
  expect(updated).toMatchObject({
    unit_label: null,
    description: "Rented by the hour",
    package_dimensions: { height: 1.25, length: 2, weight: 3, width: 4 },
    tax_code: "txcd_10103001",
    tax_details: { performance_location: null, tax_code: "txcd_10103001" },
  });
  await stripe.products.create({ name: "Storage", active: false });
  expect((await stripe.products.list({ active: true })).data.map(({ id }) => id)).toEqual(["gpu-hours"]);
  expect((await stripe.products.search({ query: "name~'gpu' AND metadata['sku']:'1'" })).data).toHaveLength(1);
  expect((await failure(stripe.products.update("gpu-hours", { statement_descriptor: "1234" }))).param).toBe(
    "statement_descriptor",
  );
});

test("a product with prices cannot be deleted, one without is gone", async () => {
  const { stripe } = await standIn();
  const sold = await stripe.products.create({ name: "Sold" });
  const unsold = await stripe.products.create({ name: "Unsold" });
  await stripe.prices.create({ product: sold.id, currency: "usd", unit_amount: 100 });
  expect((await failure(stripe.products.del(sold.id))).message).toContain("cannot be deleted");
  expect(await stripe.products.del(unsold.id)).toEqual(
    expect.objectContaining({ id: unsold.id, object: "product", deleted: true }),
  );
  expect(await failure(stripe.products.retrieve(unsold.id))).toMatchObject({
    statusCode: 404,
    code: "resource_missing",
    message: `No such product: '${unsold.id}'`,
  });
});

test("features are attached to products once", async () => {
  const { stripe } = await standIn();
  const product = await stripe.products.create({ name: "Team plan" });
  const feature = await stripe.entitlements.features.create({ lookup_key: "sso", name: "Single sign-on" });
  const attached = await stripe.products.createFeature(product.id, { entitlement_feature: feature.id });
  expect(attached.entitlement_feature).toMatchObject({ lookup_key: "sso" });
  await failure(stripe.products.createFeature(product.id, { entitlement_feature: feature.id }));
  expect((await stripe.products.listFeatures(product.id)).data).toHaveLength(1);
  await stripe.products.deleteFeature(product.id, attached.id);
  expect((await stripe.products.listFeatures(product.id)).data).toEqual([]);
});
