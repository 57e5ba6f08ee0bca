import type Stripe from "stripe";
import type { Account } from "../../account";
import { readSettings } from "../../control/settings";
import { idOf } from "../../state/ids";
import { emit } from "../../webhooks/events";
import { bookOf, note } from "./book";
import { cancelSubscription } from "./cancel";
import { resumeNow } from "./resume";
import { save } from "./save";
import { isEnded } from "./terms";

/** The subscription an invoice is for, unless it is over. */
function subscriptionOf(account: Account, invoice: Stripe.Invoice): Stripe.Subscription | null {
  const id = idOf(invoice.parent?.subscription_details?.subscription);
  const subscription = id ? account.tables.subscriptions.get(id) : undefined;
  return subscription && !isEnded(subscription) ? subscription : null;
}

function move(account: Account, before: Stripe.Subscription, members: Partial<Stripe.Subscription>): void {
  emit(account, "customer.subscription.updated", save(account, { ...before, ...members }), before);
}

/** The method that paid, kept for the next invoices when the subscription says so. */
function savedMethod(account: Account, subscription: Stripe.Subscription, invoice: Stripe.Invoice) {
  if (subscription.payment_settings?.save_default_payment_method !== "on_subscription") return {};
  for (const payment of account.tables.invoicePayments.whose("invoice", invoice.id).newestFirst()) {
    const intent = account.tables.paymentIntents.get(idOf(payment.payment.payment_intent) ?? "");
    const method = intent?.status === "succeeded" ? idOf(intent.payment_method) : null;
    if (method) return { default_payment_method: method };
  }
  return {};
}

function isLatest(subscription: Stripe.Subscription, invoice: Stripe.Invoice): boolean {
  return subscription.latest_invoice === invoice.id;
}

/** An invoice was paid: its subscription becomes active, or active again. */
export function invoicePaid(account: Account, invoice: Stripe.Invoice): void {
  const subscription = subscriptionOf(account, invoice);
  if (!subscription) return;
  const saved = savedMethod(account, subscription, invoice);
  if (bookOf(account, subscription.id).resumesOn === invoice.id) {
    note(account, subscription.id, { resumesOn: null });
    resumeNow(account, subscription, saved);
    return;
  }
  const first = subscription.status === "incomplete" && invoice.billing_reason === "subscription_create";
  const recovered = ["past_due", "unpaid"].includes(subscription.status) && isLatest(subscription, invoice);
  if (first || recovered) move(account, subscription, { ...saved, status: "active" });
  else if (saved.default_payment_method && saved.default_payment_method !== subscription.default_payment_method)
    move(account, subscription, saved);
}

/** A bank debit for an invoice is on its way: the subscription starts without waiting for it. */
export function invoiceProcessing(account: Account, invoice: Stripe.Invoice): void {
  const subscription = subscriptionOf(account, invoice);
  if (subscription?.status === "incomplete") move(account, subscription, { status: "active" });
}

/** A payment of an invoice failed or waits for the customer: an active subscription is past due. */
export function invoicePaymentFailed(account: Account, invoice: Stripe.Invoice): void {
  const subscription = subscriptionOf(account, invoice);
  if (subscription?.status === "active" && isLatest(subscription, invoice))
    move(account, subscription, { status: "past_due" });
}

/** An invoice was voided or given up as uncollectible: nothing is overdue any more, or nothing ever began. */
export function invoiceClosed(account: Account, invoice: Stripe.Invoice): void {
  const subscription = subscriptionOf(account, invoice);
  if (!subscription || !isLatest(subscription, invoice)) return;
  if (subscription.status === "incomplete" && invoice.status === "void")
    move(account, subscription, { ended_at: account.nowUnix(), status: "incomplete_expired" });
  else if (["past_due", "unpaid"].includes(subscription.status)) move(account, subscription, { status: "active" });
}

/** The last retry of a payment failed: the account's setting says what becomes of the subscription. */
export function invoiceRetriesEnded(account: Account, invoice: Stripe.Invoice): void {
  const subscription = subscriptionOf(account, invoice);
  if (subscription?.status !== "past_due") return;
  const outcome = readSettings(account).afterRetries;
  if (outcome === "cancel") cancelSubscription(account, subscription, { reason: "payment_failed" });
  if (outcome === "unpaid") move(account, subscription, { status: "unpaid" });
}
