import type Stripe from "stripe";
import type { Account } from "../../account";
import { itemsOf } from "../subscriptions/terms";

export interface FoundItem {
  subscription: Stripe.Subscription;
  item: Stripe.SubscriptionItem;
}

/** An item and the subscription it is in; null for one that is not there any more. */
export function findItem(account: Account, id: string): FoundItem | null {
  const owner = account.tables.itemOwners.get(id)?.subscription;
  const subscription = account.tables.subscriptions.get(owner ?? "");
  const item = subscription && itemsOf(subscription).find((each) => each.id === id);
  return subscription && item ? { subscription, item } : null;
}
