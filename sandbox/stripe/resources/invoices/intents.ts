import type Stripe from "stripe";
import type { Account } from "../../account";
import { invalidRequest } from "../../http/errors";
import { emit } from "../../webhooks/events";
import { invoiceProcessing } from "../subscriptions/after-invoice";
import { attempted, failedAttempt } from "./attempt";
import { changeInvoice } from "./change";
import { receivePayment } from "./settle";

/** The invoice an intent pays for; null for an intent of its own. */
export function invoiceOfIntent(account: Account, intentId: string): Stripe.Invoice | null {
  const link = account.tables.invoiceIntents.get(intentId);
  return (link && account.tables.invoices.get(link.invoice)) ?? null;
}

/** Called once a payment intent has succeeded: pays its invoice. */
export function intentSucceeded(account: Account, intent: Stripe.PaymentIntent): void {
  const invoice = invoiceOfIntent(account, intent.id);
  const payment = account.tables.invoicePayments.get(account.tables.invoiceIntents.get(intent.id)?.payment ?? "");
  if (invoice && payment && payment.status !== "paid")
    receivePayment(account, invoice, payment, intent.amount_received);
}

/** Called once an attempt has failed: the invoice stays open. */
export function intentFailed(account: Account, intent: Stripe.PaymentIntent): void {
  const invoice = invoiceOfIntent(account, intent.id);
  if (invoice?.status !== "open") return;
  failedAttempt(account, invoice, intent.last_payment_error);
}

/** Called when the customer has to authenticate. */
export function intentRequiresAction(account: Account, intent: Stripe.PaymentIntent): void {
  const invoice = invoiceOfIntent(account, intent.id);
  if (invoice?.status !== "open") return;
  const updated = changeInvoice(account, invoice, attempted(account, invoice));
  emit(account, "invoice.payment_action_required", updated);
}

/** Called when a bank debit is on its way. */
export function intentProcessing(account: Account, intent: Stripe.PaymentIntent): void {
  const invoice = invoiceOfIntent(account, intent.id);
  if (invoice?.status !== "open") return;
  invoiceProcessing(
    account,
    changeInvoice(account, invoice, { ...attempted(account, invoice), next_payment_attempt: null }),
  );
}

/**
 * An invoice's intent lives and dies with its invoice.
 * @throws StripeFailure 400 when somebody would cancel it, or make it another amount
 */
export function refuseForInvoice(account: Account, intent: Stripe.PaymentIntent, what: "cancel" | "update"): void {
  const invoice = invoiceOfIntent(account, intent.id);
  if (invoice?.status !== "open" && invoice?.status !== "uncollectible") return;
  const instead = what === "cancel" ? "To cancel it, void the invoice." : "Its amount and currency are the invoice's.";
  throw invalidRequest(
    `You cannot ${what} this PaymentIntent because it was created by the invoice ${invoice.id}. ${instead}`,
    {
      code: "payment_intent_unexpected_state",
    },
  );
}
