import type Stripe from "stripe";
import type { Account } from "../../account";
import { idOf } from "../../state/ids";
import { emit } from "../../webhooks/events";
import { save } from "./save";

function move(account: Account, before: Stripe.Subscription, members: Partial<Stripe.Subscription>): void {
  emit(account, "customer.subscription.updated", save(account, { ...before, ...members }), before);
}

/** A set-up that a subscription waited for has succeeded: its method is the subscription's from now on. */
export function setupSucceeded(account: Account, intent: Stripe.SetupIntent): void {
  const customer = idOf(intent.customer);
  if (!customer) return;
  for (const subscription of account.tables.subscriptions.whose("customer", customer).oldestFirst()) {
    if (subscription.pending_setup_intent !== intent.id) continue;
    move(account, subscription, { default_payment_method: idOf(intent.payment_method), pending_setup_intent: null });
    return;
  }
}

/** A method that was taken from its customer pays for no subscription any more. */
export function methodDetached(account: Account, method: string, customer: string): void {
  for (const subscription of account.tables.subscriptions.whose("customer", customer).oldestFirst()) {
    if (subscription.default_payment_method === method) move(account, subscription, { default_payment_method: null });
  }
}
