import type Stripe from "stripe";
import type { Account } from "../../account";
import { emit } from "../../webhooks/events";
import { cancelSubscription } from "./cancel";
import { advanceLines } from "./lines";
import { billCycle } from "./renew";
import { save } from "./save";
import { itemsOf, methodOf, periodFrom, withItems, withPeriod } from "./terms";

/** The subscription at the end of its trial, with its first paid periods. */
export function afterTrial(subscription: Stripe.Subscription, now: number): Stripe.Subscription {
  const active: Stripe.Subscription = { ...subscription, status: "active" };
  return withItems(
    active,
    itemsOf(active).map((item) => withPeriod(item, periodFrom(active, item.price, now))),
  );
}

/**
 * Nothing is billed and nothing renewed until somebody resumes it.
 * @param after with what else changes at the same time
 */
export function pauseNow(
  account: Account,
  before: Stripe.Subscription,
  type: Stripe.Subscription.StatusDetails.Paused.Subscription.Type,
  after = before,
): Stripe.Subscription {
  const paused = save(account, {
    ...after,
    status: "paused",
    status_details: { paused: { subscription: { type }, transitioned_at: account.nowUnix(), type: "subscription" } },
  });
  emit(account, "customer.subscription.updated", paused, before);
  emit(account, "customer.subscription.paused", paused);
  return paused;
}

/**
 * What the settings of a trial say for an end with nothing to pay with.
 * @returns null when it goes on to its first paid invoice
 */
export function endWithoutMethod(
  account: Account,
  before: Stripe.Subscription,
  after = before,
): Stripe.Subscription | null {
  if (after.collection_method !== "charge_automatically" || methodOf(account, after) !== null) return null;
  const behavior = after.trial_settings?.end_behavior.missing_payment_method;
  if (behavior === "cancel") return cancelSubscription(account, save(account, after), { reason: "payment_failed" });
  return behavior === "pause" ? pauseNow(account, before, "trial_end_without_payment_method", after) : null;
}

/** The trial is over: the first paid invoice, or what its settings say when there is nothing to pay with. */
export function endTrial(account: Account, before: Stripe.Subscription): void {
  if (endWithoutMethod(account, before)) return;
  const now = account.nowUnix();
  const after = save(account, afterTrial(before, now));
  const lines = itemsOf(after).flatMap((item) =>
    advanceLines(account, after, item, periodFrom(after, item.price, now)),
  );
  const period = { start: before.trial_start ?? now, end: now };
  billCycle(account, after, { reason: "subscription_cycle", lines, period });
  emit(account, "customer.subscription.updated", account.tables.subscriptions.get(after.id) ?? after, before);
}
