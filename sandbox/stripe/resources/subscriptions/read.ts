import type Stripe from "stripe";
import type { Account } from "../../account";
import { resourceMissing } from "../../http/errors";
import { isEnded } from "./terms";

/** A subscription by its id, ended or not. @throws StripeFailure 404 */
export function resolveSubscription(account: Account, id: string, param = "id"): Stripe.Subscription {
  const subscription = account.tables.subscriptions.get(id);
  if (!subscription) throw resourceMissing("subscription", id, param);
  return subscription;
}

/** One that goes on: an ended one cannot be cancelled, paused or resumed. @throws StripeFailure 404 */
export function livingSubscription(account: Account, id: string): Stripe.Subscription {
  const subscription = resolveSubscription(account, id);
  if (isEnded(subscription)) throw resourceMissing("subscription", id);
  return subscription;
}
