import type Stripe from "stripe";
import type { Account } from "../../account";
import { emit } from "../../webhooks/events";
import { detachMethod } from "../payment-methods/attach";
import { cancelSubscriptionsOf } from "../subscriptions/cancel";

/** Deletes a customer for good: methods are detached and subscriptions end at once. */
export function deleteCustomer(account: Account, customer: Stripe.Customer): Stripe.DeletedCustomer {
  cancelSubscriptionsOf(account, customer.id);
  for (const method of [...account.tables.paymentMethods.oldestFirst()]) {
    if (method.customer === customer.id) detachMethod(account, method.id);
  }
  emit(account, "customer.deleted", account.tables.customers.get(customer.id) ?? customer);
  return account.tables.customers.put({ id: customer.id, object: "customer", deleted: true });
}
