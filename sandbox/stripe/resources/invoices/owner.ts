import type Stripe from "stripe";
import type { Account } from "../../account";
import { invalidRequest, resourceMissing } from "../../http/errors";
import { idOf } from "../../state/ids";

/** A subscription of this very customer. @throws StripeFailure 404, 400 for somebody else's */
export function ownSubscription(account: Account, id: string, customer: Stripe.Customer): Stripe.Subscription {
  const subscription = account.tables.subscriptions.get(id);
  if (!subscription) throw resourceMissing("subscription", id, "subscription");
  if (idOf(subscription.customer) !== customer.id)
    throw invalidRequest(`The customer ${customer.id} does not have a subscription with ID ${id}.`, {
      param: "subscription",
    });
  return subscription;
}

/** The id of the subscription an invoice is for. */
export function subscriptionIdOf(invoice: Stripe.Invoice): string | null {
  return idOf(invoice.parent?.subscription_details?.subscription);
}
