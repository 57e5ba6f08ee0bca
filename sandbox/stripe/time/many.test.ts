import { afterEach, expect, test } from "vitest";
import { setClockForTests } from "@/lib/clock";
import { Account } from "../account";
import { createCustomer } from "../resources/customers/write";
import { createPrice } from "../resources/prices/create";
import { createSubscription } from "../resources/subscriptions/create";
import { perform } from "./perform";

afterEach(() => setClockForTests(null));

/** Real milliseconds that a month takes with so many subscriptions by invoice. */
async function monthOf(subscriptions: number): Promise<number> {
  setClockForTests("2030-01-01T00:00:00Z");
  const account = new Account({ secretKey: "sk_test_many", publishableKey: "pk_test_many" }, null);
  account.store.transaction(() => {
    const price = createPrice(
      account,
      { currency: "usd", product_data: { name: "Pro" }, recurring: { interval: "month" }, unit_amount: 900 },
      null,
    );
    for (let n = 0; n < subscriptions; n++) {
      const customer = createCustomer(account, {}, null).id;
      const items = [{ price: price.id }];
      createSubscription(account, { customer, items, collection_method: "send_invoice", days_until_due: 30 });
    }
  });
  setClockForTests("2030-02-01T02:00:00Z");
  // An account reads the clock once for everything that is done without a pause.
  await Promise.resolve();
  const startedAt = performance.now();
  for (
    let work = account.agenda.next(null);
    work && work.dueAtMs <= account.worldMs();
    work = account.agenda.next(null)
  )
    perform(account, work);
  expect(account.tables.invoices.size).toBe(2 * subscriptions);
  return performance.now() - startedAt;
}

test("a month with four times as many subscriptions does not take sixteen times as long", async () => {
  await monthOf(100);
  const [some, more] = [await monthOf(250), await monthOf(1_000)];
  // Four times as many; sixteen times as long would be quadratic.
  expect(more / some).toBeLessThan(9);
}, 60_000);
