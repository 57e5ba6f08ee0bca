import type Stripe from "stripe";
import type { Account } from "../../account";
import { emit } from "../../webhooks/events";
import { voidInvoice } from "../invoices/close";
import { previewInvoice } from "../invoices/preview";
import { bookOf, note } from "./book";
import { cancelSubscription } from "./cancel";
import { draftInput } from "./invoicing";
import { planRenewal, renew } from "./renew";
import { INCOMPLETE_FOR, RENEWAL_NOTICE, save, TRIAL_NOTICE } from "./save";
import { firstPeriodEnd, isEnded } from "./terms";
import { afterTrial, endTrial } from "./trial";

/** The first payment did not come in time. */
function expire(account: Account, before: Stripe.Subscription): void {
  const expired = save(account, { ...before, ended_at: account.nowUnix(), status: "incomplete_expired" });
  const invoice = account.tables.invoices.get(String(before.latest_invoice));
  if (invoice?.status === "open") voidInvoice(account, invoice, "failed_invoice");
  emit(account, "customer.subscription.updated", account.tables.subscriptions.get(expired.id) ?? expired, before);
}

/** `invoice.upcoming`: the next invoice as it would be now. */
function announceRenewal(account: Account, subscription: Stripe.Subscription): void {
  const end = firstPeriodEnd(subscription);
  note(account, subscription.id, { announcedPeriodEnd: end });
  const starting = subscription.status === "trialing" ? afterTrial(subscription, end) : subscription;
  const { after, lines, over } = planRenewal(account, subscription, end);
  const input = draftInput(
    account,
    { ...after, status: starting.status },
    {
      reason: "upcoming",
      lines,
      period: over,
    },
  );
  emit(account, "invoice.upcoming", previewInvoice(account, input));
}

function resumeCollection(account: Account, before: Stripe.Subscription): void {
  emit(account, "customer.subscription.updated", save(account, { ...before, pause_collection: null }), before);
}

/** The next thing that is due for a subscription by itself; null when nothing is. */
function nextStep(account: Account, subscription: Stripe.Subscription, now: number): (() => void) | null {
  if (isEnded(subscription)) return null;
  const { status, trial_end: trialEnd, cancel_at: cancelAt, pause_collection: pause } = subscription;
  const { announcedTrialEnd, announcedPeriodEnd } = bookOf(account, subscription.id);
  if (status === "incomplete")
    return subscription.created + INCOMPLETE_FOR <= now ? () => expire(account, subscription) : null;
  if (cancelAt !== null && cancelAt <= now)
    return () => {
      const reason = subscription.cancellation_details?.reason ?? "cancellation_requested";
      cancelSubscription(account, subscription, { reason, invoiceNow: true });
    };
  if (status === "paused") return null;
  if (pause?.resumes_at && pause.resumes_at <= now) return () => resumeCollection(account, subscription);
  const trialing = status === "trialing" && trialEnd !== null;
  if (trialing && announcedTrialEnd !== trialEnd && trialEnd - TRIAL_NOTICE <= now)
    return () => {
      note(account, subscription.id, { announcedTrialEnd: trialEnd });
      emit(account, "customer.subscription.trial_will_end", subscription);
    };
  const end = firstPeriodEnd(subscription);
  if (end <= now) return () => (trialing ? endTrial(account, subscription) : renew(account, subscription));
  const announce = announcedPeriodEnd !== end && cancelAt !== end && end - RENEWAL_NOTICE <= now;
  return announce ? () => announceRenewal(account, subscription) : null;
}

/** Does what is due for a subscription by itself, one thing after the other, and sees to what comes next. */
export function wakeSubscription(account: Account, id: string): void {
  note(account, id, { wakeAtMs: null, wake: null });
  for (;;) {
    const subscription = account.tables.subscriptions.get(id);
    if (!subscription) return;
    const step = nextStep(account, subscription, account.nowUnix());
    if (!step) {
      save(account, subscription);
      return;
    }
    step();
  }
}
