import type Stripe from "stripe";
import type { Account } from "../../account";

/** An invoice was paid: its subscription becomes active, or active again. */
export function invoicePaid(_account: Account, _invoice: Stripe.Invoice): void {}

/** A payment of an invoice failed or waits for the customer: an active subscription is past due. */
export function invoicePaymentFailed(_account: Account, _invoice: Stripe.Invoice): void {}

/** An invoice was voided or given up as uncollectible. */
export function invoiceClosed(_account: Account, _invoice: Stripe.Invoice): void {}

/** The last retry of a payment failed: the account's setting says what becomes of the subscription. */
export function invoiceRetriesEnded(_account: Account, _invoice: Stripe.Invoice): void {}
