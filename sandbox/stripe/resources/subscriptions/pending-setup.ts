import type Stripe from "stripe";
import type { Account } from "../../account";
import { emit } from "../../webhooks/events";
import { buildSetupIntent } from "../setup-intents/build";

/** Asks for a method to pay with later, where nothing has to be paid yet. */
export function pendingSetup(account: Account, subscription: Stripe.Subscription): Stripe.SetupIntent {
  const intent = account.tables.setupIntents.put(
    buildSetupIntent(account, { customer: String(subscription.customer), usage: "off_session" }),
  );
  emit(account, "setup_intent.created", intent);
  return intent;
}
