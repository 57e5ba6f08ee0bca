import type Stripe from "stripe";
import type { Account } from "../../account";
import { emit } from "../../webhooks/events";
import { addPendingItem } from "../invoice-items/create";
import { stopAdvancing } from "../invoices/change";
import { voidInvoice } from "../invoices/close";
import type { DraftLine } from "../invoices/draft-input";
import { collectNow, draftFor } from "./invoicing";
import { usageLines } from "./lines";
import { creditLine } from "./plan";
import { save } from "./save";
import { customerOf, isEnded, itemsOf, methodOf } from "./terms";

export interface Cancellation {
  reason: Stripe.Subscription.CancellationDetails.Reason | null;
  comment?: string | null | undefined;
  feedback?: Stripe.Subscription.CancellationDetails.Feedback | null | undefined;
  /** Bills what was used and what waits for an invoice. */
  invoiceNow?: boolean | undefined;
  /** Gives back the unused time. */
  prorate?: boolean | undefined;
}

/** What an ending subscription still owes for usage, and gets back. */
export function closingLines(
  account: Account,
  subscription: Stripe.Subscription,
  { invoiceNow, prorate }: Pick<Cancellation, "invoiceNow" | "prorate">,
): DraftLine[] {
  const now = account.nowUnix();
  return itemsOf(subscription).flatMap((item) => {
    const credit = prorate
      ? creditLine(account, subscription, item, { start: now, end: item.current_period_end })
      : null;
    const used = invoiceNow
      ? usageLines(account, subscription, item, { start: item.current_period_start, end: now })
      : [];
    return [...(credit ? [credit] : []), ...used.filter((line) => line.amountMinor !== 0)];
  });
}

function hasPending(account: Account, { id, customer }: Stripe.Subscription): boolean {
  for (const item of account.tables.invoiceItems.whose("customer", String(customer)).oldestFirst()) {
    if (item.invoice === null && item.parent?.subscription_details?.subscription === id) return true;
  }
  return false;
}

/** The last invoice, for what was used and what waited. */
function billLast(account: Account, subscription: Stripe.Subscription, lines: DraftLine[]): void {
  if (lines.length === 0 && !hasPending(account, subscription)) return;
  const now = account.nowUnix();
  const draft = draftFor(account, subscription, {
    reason: "subscription_cycle",
    lines,
    period: { start: now, end: now },
  });
  const attempt = methodOf(account, subscription) !== null;
  collectNow(account, draft, { offSession: true, attempt });
}

/** Nobody collects by itself any more what an ended subscription left open; a first invoice is void with it. */
function closeInvoices(account: Account, subscription: Stripe.Subscription): void {
  for (const invoice of account.tables.invoices.whose("customer", String(subscription.customer)).oldestFirst()) {
    if (invoice.parent?.subscription_details?.subscription !== subscription.id) continue;
    if (invoice.status !== "open" && invoice.status !== "draft") continue;
    const never = subscription.status.startsWith("incomplete") && invoice.status === "open";
    if (never) voidInvoice(account, invoice, "failed_invoice");
    else stopAdvancing(account, invoice);
  }
}

/**
 * Ends a subscription for good, now.
 * @param endedAt unix seconds, for an end that was due earlier
 */
export function cancelSubscription(
  account: Account,
  subscription: Stripe.Subscription,
  cancellation: Cancellation,
): Stripe.Subscription {
  if (isEnded(subscription)) return subscription;
  const now = account.nowUnix();
  const lines = closingLines(account, subscription, cancellation);
  const { reason, comment, feedback } = cancellation;
  const details = subscription.cancellation_details;
  closeInvoices(account, subscription);
  const present = account.tables.subscriptions.get(subscription.id) ?? subscription;
  const canceled = save(account, {
    ...present,
    canceled_at: subscription.canceled_at ?? now,
    cancellation_details: {
      comment: comment === undefined ? (details?.comment ?? null) : comment,
      feedback: feedback === undefined ? (details?.feedback ?? null) : feedback,
      feedback_option: null,
      reason,
    },
    ended_at: now,
    pause_collection: null,
    status: "canceled",
  });
  if (cancellation.invoiceNow) billLast(account, canceled, lines);
  else for (const line of lines) addPendingItem(account, customerOf(account, canceled), canceled.currency, line);
  const final = account.tables.subscriptions.get(canceled.id) ?? canceled;
  emit(account, "customer.subscription.deleted", final);
  return final;
}

/** What a customer's deletion does to the subscriptions. */
export function cancelSubscriptionsOf(account: Account, customer: string): void {
  for (const subscription of [...account.tables.subscriptions.whose("customer", customer).oldestFirst()])
    cancelSubscription(account, subscription, { reason: "cancellation_requested" });
}
