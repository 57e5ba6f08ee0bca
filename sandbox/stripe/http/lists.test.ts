import type Stripe from "stripe";
import { afterEach, expect, test } from "vitest";
import { setClockForTests } from "@/lib/clock";
import { chargeOffSession, customerWith, failure, standIn } from "../testing/stand-in";

afterEach(() => setClockForTests(null));

test("cursors walk both ways over every row once", async () => {
  const { stripe } = await standIn();
  const made: string[] = [];
  for (let n = 0; n < 25; n++) made.unshift((await stripe.customers.create({ description: String(n) })).id);
  const seen: string[] = [];
  for await (const customer of stripe.customers.list({ limit: 7 })) seen.push(customer.id);
  expect(seen).toEqual(made);

  const first = await stripe.customers.list({ limit: 10 });
  expect([first.data.length, first.has_more]).toEqual([10, true]);
  const last = await stripe.customers.list({ limit: 10, starting_after: String(made[19]) });
  expect([last.data.map(({ id }) => id), last.has_more]).toEqual([made.slice(20), false]);
  const before = await stripe.customers.list({ limit: 3, ending_before: String(made[10]) });
  expect([before.data.map(({ id }) => id), before.has_more]).toEqual([made.slice(7, 10), true]);
  expect((await stripe.customers.list()).data).toHaveLength(10);
  expect((await failure(stripe.customers.list({ limit: 101 }))).param).toBe("limit");
  expect((await failure(stripe.customers.list({ starting_after: "cus_none" }))).param).toBe("starting_after");
});

test("created filters", async () => {
  setClockForTests("2030-01-01T00:00:00Z");
  const { stripe } = await standIn();
  const early = await stripe.customers.create({});
  setClockForTests("2030-01-02T00:00:00Z");
  const late = await stripe.customers.create({});
  const ids = async (created: Stripe.RangeQueryParam | number) =>
    (await stripe.customers.list({ created })).data.map(({ id }) => id);
  expect(await ids({ gt: early.created })).toEqual([late.id]);
  expect(await ids({ gte: early.created })).toEqual([late.id, early.id]);
  expect(await ids({ lt: late.created })).toEqual([early.id]);
  expect(await ids(late.created)).toEqual([late.id]);
});

test("search by metadata, status and amount", async () => {
  const { stripe } = await standIn();
  const saved = await customerWith(stripe, "pm_card_visa");
  const intent = await chargeOffSession(stripe, saved, 5_000);
  await stripe.paymentIntents.update(intent.id, { metadata: { attempt: "a-1" } });
  await chargeOffSession(stripe, saved, 7_000);
  const find = async (query: string) => (await stripe.paymentIntents.search({ query })).data.map(({ id }) => id);
  expect(await find('metadata["attempt"]:"a-1"')).toEqual([intent.id]);
  expect(await find("metadata['attempt']:'a-1' AND status:'succeeded'")).toEqual([intent.id]);
  expect(await find("metadata['attempt']:'a-1' AND status:'canceled'")).toEqual([]);
  expect(await find("amount>=5000 AND amount<6000")).toEqual([intent.id]);
  expect(await find("amount:5000 OR amount:7000")).toHaveLength(2);
  expect(await find("-metadata['attempt']:'a-1'")).toHaveLength(1);
  expect((await failure(stripe.paymentIntents.search({ query: "colour:'red'" }))).param).toBe("query");
  expect((await failure(stripe.paymentIntents.search({ query: "nonsense" }))).param).toBe("query");
});

test("expansion, to four levels, in lists too", async () => {
  const { stripe } = await standIn();
  const saved = await customerWith(stripe, "pm_card_visa");
  const { id } = await chargeOffSession(stripe, saved);
  const intent = await stripe.paymentIntents.retrieve(id, {
    expand: ["customer", "payment_method", "latest_charge.payment_intent.latest_charge.customer"],
  });
  expect(intent.customer).toMatchObject({ object: "customer", id: saved.customer });
  expect(intent.payment_method).toMatchObject({ object: "payment_method", customer: saved.customer });
  expect(intent.latest_charge).toMatchObject({
    object: "charge",
    payment_intent: { object: "payment_intent", latest_charge: { customer: { object: "customer" } } },
  });
  const list = await stripe.charges.list({ expand: ["data.customer", "data.payment_intent"] });
  expect(list.data[0]).toMatchObject({ customer: { id: saved.customer }, payment_intent: { id } });
  // `data` is one of the four levels.
  const tooDeep = stripe.charges.list({ expand: ["data.payment_intent.latest_charge.payment_intent.customer"] });
  expect((await failure(tooDeep)).message).toContain("more than 4 levels");
  const refunds = await stripe.charges.list({ expand: ["data.refunds"] });
  expect(refunds.data[0]?.refunds).toMatchObject({ object: "list", data: [] });
  const customer = await stripe.customers.update(saved.customer, {
    invoice_settings: { default_payment_method: saved.payment_method },
    expand: ["invoice_settings.default_payment_method"],
  });
  expect(customer.invoice_settings.default_payment_method).toMatchObject({ object: "payment_method" });
  expect((await failure(stripe.paymentIntents.retrieve(id, { expand: ["amount"] }))).param).toBe("expand");
  expect(
    (
      await failure(
        stripe.paymentIntents.retrieve(id, {
          expand: ["latest_charge.payment_intent.latest_charge.payment_intent.customer"],
        }),
      )
    ).message,
  ).toContain("4 levels");
  // What is stored was not changed by expanding it.
  expect((await stripe.paymentIntents.retrieve(id)).customer).toBe(saved.customer);
});
