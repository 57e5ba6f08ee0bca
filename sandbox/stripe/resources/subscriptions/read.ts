import type Stripe from "stripe";
import type { Account } from "../../account";
import { resourceMissing } from "../../http/errors";
import { planOf } from "../prices/plan";
import { isEnded, itemsOf, withItems } from "./terms";

/** A subscription by its id, ended or not. @throws StripeFailure 404 */
export function resolveSubscription(account: Account, id: string, param = "id"): Stripe.Subscription {
  const subscription = account.tables.subscriptions.get(id);
  if (!subscription) throw resourceMissing("subscription", id, param);
  return subscription;
}

/** As it is answered now: with the prices of its items as they are now. */
export function presentSubscription(account: Account, row: Stripe.Subscription): Stripe.Subscription {
  return withItems(
    row,
    itemsOf(row).map((item) => {
      const price = account.tables.prices.get(item.price.id);
      return price && price !== item.price ? { ...item, price, plan: planOf(price) ?? item.plan } : item;
    }),
  );
}

/** One that goes on: an ended one cannot be cancelled, paused or resumed. @throws StripeFailure 404 */
export function livingSubscription(account: Account, id: string): Stripe.Subscription {
  const subscription = resolveSubscription(account, id);
  if (isEnded(subscription)) throw resourceMissing("subscription", id);
  return subscription;
}
