import fc from "fast-check";
import { expect, test } from "vitest";
import { eventTypes, failure, standIn } from "../../testing/stand-in";
import { balanceFor } from "./apply";

test("transactions add up to the balance, in each currency", async () => {
  const { stripe } = await standIn();
  const { id } = await stripe.customers.create({ balance: -300 });
  await stripe.customers.createBalanceTransaction(id, { amount: -700, currency: "usd", description: "sorry" });
  await stripe.customers.createBalanceTransaction(id, { amount: -50, currency: "eur" });
  await stripe.customers.update(id, { balance: 25 });
  const customer = await stripe.customers.retrieve(id, { expand: ["invoice_credit_balance"] });
  expect(customer).toMatchObject({ balance: 25, currency: "usd", invoice_credit_balance: { usd: 25, eur: -50 } });
  const list = await stripe.customers.listBalanceTransactions(id);
  expect(list.data.map((row) => [row.type, row.currency, row.amount, row.ending_balance]).reverse()).toEqual([
    ["initial", "usd", -300, -300],
    ["adjustment", "usd", -700, -1_000],
    ["adjustment", "eur", -50, -50],
    ["adjustment", "usd", 1_025, 25],
  ]);
  const changed = await stripe.customers.updateBalanceTransaction(id, String(list.data[2]?.id), {
    metadata: { a: "1" },
  });
  expect(changed).toMatchObject({ description: "sorry", metadata: { a: "1" } });
  const foreign = await stripe.customers.create({});
  const asked = stripe.customers.retrieveBalanceTransaction(foreign.id, changed.id);
  expect((await failure(asked)).code).toBe("resource_missing");
  expect(await eventTypes(stripe)).toEqual([
    "customer.created",
    "customer.updated",
    "customer.updated",
    "customer.created",
  ]);
});

test("a balance never pays more than is due, and a debt is asked for whole", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -10_000, max: 10_000 }),
      fc.integer({ min: -10_000, max: 10_000 }),
      (balance, due) => {
        const falls = balanceFor(balance, due);
        expect(due - falls).toBeGreaterThanOrEqual(0);
        // Nothing is lost: what the customer has and owes together stays the same.
        expect(balance + falls + (due - falls)).toBe(balance + due);
        if (due >= 0 && balance <= 0) expect(falls).toBe(Math.min(due, 0 - balance));
        if (due >= 0 && balance > 0) expect(falls).toBe(-balance);
        if (due < 0) expect(due - falls).toBe(Math.max(0, due + balance));
      },
    ),
  );
});
