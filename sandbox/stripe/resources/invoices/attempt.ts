import type Stripe from "stripe";
import type { Account } from "../../account";
import { schedule } from "../../time/work";
import { emit } from "../../webhooks/events";
import { invoicePaymentFailed, invoiceRetriesEnded } from "../subscriptions/after-invoice";
import { bookOf } from "./book";
import { changeInvoice, setDelinquent } from "./change";
import { subscriptionIdOf } from "./owner";
import { COLLECTION, DAY_SECONDS } from "./settings";

/** Declines after which only another method is tried. @see https://docs.stripe.com/billing/revenue-recovery/smart-retries#non-retryable-decline-codes */
const FINAL_DECLINES = new Set([
  "authentication_required",
  "highest_risk_level",
  "incorrect_number",
  "lost_card",
  "pickup_card",
  "revocation_of_all_authorizations",
  "revocation_of_authorization",
  "stolen_card",
  "transaction_not_allowed",
]);

/** Any attempt is the first one; only automatic retries count on. The plan for the next one stays, if there is any. */
export function attempted(account: Account, invoice: Stripe.Invoice) {
  const { next_payment_attempt: planned } = invoice;
  return {
    attempted: true,
    attempt_count: Math.max(1, invoice.attempt_count, bookOf(account, invoice.id).attempts),
    next_payment_attempt: planned !== null && planned > account.nowUnix() ? planned : null,
  };
}

/** Whether Stripe collects this invoice by itself. A subscription that never became active waits for its customer. */
export function collectsItself(account: Account, invoice: Stripe.Invoice): boolean {
  if (!invoice.auto_advance || invoice.collection_method !== "charge_automatically") return false;
  const subscription = account.tables.subscriptions.get(subscriptionIdOf(invoice) ?? "");
  return !subscription?.status.startsWith("incomplete");
}

/** When the next attempt is due, unix seconds; null when there is none. An attempt by hand does not move the schedule. */
function nextAttempt(account: Account, invoice: Stripe.Invoice, attempts: number): number | null {
  const planned = invoice.next_payment_attempt;
  if (planned !== null && planned > account.nowUnix()) return planned;
  const days = collectsItself(account, invoice) ? COLLECTION.retryDays[attempts - 1] : undefined;
  if (days === undefined) return null;
  const at = account.nowUnix() + days * DAY_SECONDS;
  schedule(account, "invoice_collects", invoice.id, at * 1000);
  return at;
}

/** The members that an attempt which brought no money changes; the next one is scheduled. */
export function afterAttempt(account: Account, invoice: Stripe.Invoice) {
  const members = attempted(account, invoice);
  return { ...members, next_payment_attempt: nextAttempt(account, invoice, members.attempt_count) };
}

/** No retry is left: what becomes of the subscription is the account's setting. */
export function endRetries(account: Account, invoice: Stripe.Invoice): void {
  const last = invoice.attempt_count > COLLECTION.retryDays.length && invoice.next_payment_attempt === null;
  if (last && collectsItself(account, invoice)) invoiceRetriesEnded(account, invoice);
}

/** An attempt has failed: the next is scheduled, and the subscription told. @param error null when there was no method at all */
export function failedAttempt(
  account: Account,
  invoice: Stripe.Invoice,
  error: Stripe.PaymentIntent.LastPaymentError | null,
): void {
  const final =
    error?.advice_code === "do_not_try_again" || FINAL_DECLINES.has(error?.decline_code ?? error?.code ?? "");
  if (final && error?.payment_method)
    account.tables.invoiceBooks.put({ ...bookOf(account, invoice.id), refusedMethod: error.payment_method.id });
  const automatic = collectsItself(account, invoice);
  const failed = changeInvoice(account, invoice, afterAttempt(account, invoice));
  emit(account, "invoice.payment_failed", failed);
  if (automatic) setDelinquent(account, failed, true);
  invoicePaymentFailed(account, failed);
  endRetries(account, failed);
}
