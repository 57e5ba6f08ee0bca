import { expect, test } from "vitest";
import { customerWith, eventTypes, failure, standIn } from "../../testing/stand-in";

test("metadata is merged, an empty value removes its key", async () => {
  const { stripe } = await standIn();
  const { id } = await stripe.customers.create({ metadata: { tenant: "acme", plan: "pro", count: 1 } });
  expect((await stripe.customers.update(id, { metadata: { plan: "", region: "us" } })).metadata).toEqual({
    tenant: "acme",
    count: "1",
    region: "us",
  });
  expect((await stripe.customers.update(id, { metadata: "" })).metadata).toEqual({});
  expect((await failure(stripe.customers.update(id, { metadata: { k: "v".repeat(501) } }))).param).toBe("metadata");
});

test("the default method must be the customer's own, and goes when it is detached", async () => {
  const { stripe } = await standIn();
  const saved = await customerWith(stripe, "pm_card_visa");
  const other = await customerWith(stripe, "pm_card_visa");
  const setDefault = (method: string) =>
    stripe.customers.update(saved.customer, { invoice_settings: { default_payment_method: method } });
  expect((await failure(setDefault(other.payment_method))).code).toBe("resource_missing");
  expect((await setDefault(saved.payment_method)).invoice_settings.default_payment_method).toBe(saved.payment_method);
  await stripe.paymentMethods.detach(saved.payment_method);
  const after = await stripe.customers.retrieve(saved.customer);
  expect(after).toMatchObject({ invoice_settings: { default_payment_method: null } });
  expect((await eventTypes(stripe)).slice(-2)).toEqual(["payment_method.detached", "customer.updated"]);
});

test("deleting detaches the methods and leaves a tombstone", async () => {
  const { stripe } = await standIn();
  const saved = await customerWith(stripe, "pm_card_visa");
  expect(await stripe.customers.del(saved.customer)).toMatchObject({ id: saved.customer, deleted: true });
  expect(await stripe.customers.retrieve(saved.customer)).toMatchObject({ deleted: true });
  expect((await stripe.customers.list()).data).toEqual([]);
  expect((await failure(stripe.customers.update(saved.customer, { name: "x" }))).code).toBe("resource_missing");
  expect((await stripe.paymentMethods.retrieve(saved.payment_method)).customer).toBeNull();
});

test("created with a method and found by e-mail and metadata", async () => {
  const { stripe } = await standIn();
  const customer = await stripe.customers.create({
    email: "olivia@acme.test",
    payment_method: "pm_card_visa",
    metadata: { tenant: "acme" },
  });
  await stripe.customers.create({ email: "gus@globex.test" });
  expect((await stripe.paymentMethods.list({ customer: customer.id, type: "card" })).data).toHaveLength(1);
  expect((await stripe.customers.list({ email: "olivia@acme.test" })).data.map(({ id }) => id)).toEqual([customer.id]);
  expect((await stripe.customers.search({ query: "metadata['tenant']:'acme'" })).data.map(({ id }) => id)).toEqual([
    customer.id,
  ]);
  expect((await failure(stripe.customers.create({ email: "nobody" }))).code).toBe("email_invalid");
});

test("a saved method can be renewed and marked for display", async () => {
  const { stripe } = await standIn();
  const saved = await customerWith(stripe, "pm_card_visa");
  const updated = await stripe.paymentMethods.update(saved.payment_method, {
    allow_redisplay: "always",
    card: { exp_month: 3, exp_year: 2041 },
    billing_details: { name: "Mia", address: { city: "Oslo" } },
  });
  expect(updated).toMatchObject({
    allow_redisplay: "always",
    card: { exp_month: 3, exp_year: 2041 },
    billing_details: { name: "Mia", email: null, address: { city: "Oslo", country: null } },
  });
  expect((await stripe.paymentMethods.list({ customer: saved.customer, allow_redisplay: "limited" })).data).toEqual([]);
  expect((await stripe.customers.listPaymentMethods(saved.customer)).data.map(({ id }) => id)).toEqual([
    saved.payment_method,
  ]);
});
