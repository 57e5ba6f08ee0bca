import type Stripe from "stripe";
import type { Account } from "../../account";

/** The invoice an intent pays for; null for an intent of its own. */
export function invoiceOfIntent(_account: Account, _intentId: string): Stripe.Invoice | null {
  return null;
}

/** Called once a payment intent has succeeded: pays its invoice. */
export function intentSucceeded(_account: Account, _intent: Stripe.PaymentIntent): void {}

/** Called once an attempt has failed: the invoice stays open. */
export function intentFailed(_account: Account, _intent: Stripe.PaymentIntent): void {}

/** Called when the customer has to authenticate. */
export function intentRequiresAction(_account: Account, _intent: Stripe.PaymentIntent): void {}

/** Called when a bank debit is on its way. */
export function intentProcessing(_account: Account, _intent: Stripe.PaymentIntent): void {}
