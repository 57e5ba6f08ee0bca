import type Stripe from "stripe";
import type { Account } from "../../account";
import { emit } from "../../webhooks/events";
import { deleteCustomer } from "../customers/delete";

/** Deletes a clock with its customers and everything that was to happen to them. */
export function deleteClock(
  account: Account,
  clock: Stripe.TestHelpers.TestClock,
): Stripe.TestHelpers.DeletedTestClock {
  const { tables } = account;
  account.at({ clock: clock.id, ms: clock.frozen_time * 1000 }, () => {
    for (const customer of [...tables.customers.oldestFirst()]) {
      if (!customer.deleted && customer.test_clock === clock.id) deleteCustomer(account, customer);
    }
  });
  for (const work of [...tables.work.oldestFirst()]) {
    if (work.clock === clock.id || work.subject === clock.id) tables.work.delete(work.id);
  }
  tables.testClocks.delete(clock.id);
  emit(account, "test_helpers.test_clock.deleted", clock);
  return { id: clock.id, object: "test_helpers.test_clock", deleted: true };
}

/** Thirty days after its creation a clock goes by itself. */
export function expireClock(account: Account, id: string): void {
  const clock = account.tables.testClocks.get(id);
  if (clock) deleteClock(account, clock);
}
