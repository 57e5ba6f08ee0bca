import type Stripe from "stripe";
import type { Account } from "../../account";
import { invalidRequest, unsupported } from "../../http/errors";
import { idOf } from "../../state/ids";
import { cancelSubscription } from "../subscriptions/cancel";
import { createSubscription } from "../subscriptions/create";
import { livingSubscription } from "../subscriptions/read";
import { resumeSubscription } from "../subscriptions/resume";
import { firstPeriodEnd, isEnded } from "../subscriptions/terms";
import { updateSubscription } from "../subscriptions/update";
import { wakeSubscription } from "../subscriptions/wake";
import type { PreviewInput } from "./preview-parameters";

type Details = NonNullable<PreviewInput["subscription_details"]>;

function latestInvoice(account: Account, id: string): Stripe.Invoice | null {
  const latest = idOf(account.tables.subscriptions.get(id)?.latest_invoice);
  return account.tables.invoices.get(latest ?? "") ?? null;
}

/** The invoice that an action makes the latest of a subscription; null when it makes none. */
function invoiceBy(account: Account, id: string, action: () => void): Stripe.Invoice | null {
  const before = latestInvoice(account, id)?.id;
  action();
  const after = latestInvoice(account, id);
  return after && after.id !== before ? after : null;
}

/** What the subscription's own time brings next: a renewal, the end of its trial, its end. */
function nextInvoice(account: Account, id: string): Stripe.Invoice | null {
  const subscription = account.tables.subscriptions.get(id);
  if (!subscription || isEnded(subscription)) return null;
  const atUnix = Math.max(firstPeriodEnd(subscription), account.nowUnix());
  return account.at({ clock: account.clock ?? "preview", ms: atUnix * 1000 }, () =>
    invoiceBy(account, id, () => wakeSubscription(account, id)),
  );
}

function changed(account: Account, id: string, details: Details): Stripe.Invoice | null {
  const { cancel_now: cancelNow, billing_mode: mode, resume_at: resumeAt, ...change } = details;
  if (mode) throw unsupported("changing the billing mode", "subscription_details[billing_mode]");
  const subscription = livingSubscription(account, id);
  return invoiceBy(account, id, () => {
    if (resumeAt) resumeSubscription(account, subscription, {});
    else if (cancelNow) {
      const prorate = change.proration_behavior !== "none";
      cancelSubscription(account, subscription, { reason: "cancellation_requested", invoiceNow: true, prorate });
    } else updateSubscription(account, subscription, { ...change, payment_behavior: "default_incomplete" });
  });
}

/** Which of a customer's subscriptions is billed next. */
function nextToBill(account: Account, customer: string): string | null {
  const living = [...account.tables.subscriptions.whose("customer", customer).oldestFirst()].filter(
    (subscription) => !isEnded(subscription) && subscription.status !== "incomplete",
  );
  const [first] = living.sort((a, b) => firstPeriodEnd(a) - firstPeriodEnd(b));
  return first?.id ?? null;
}

/**
 * Carries out what a preview asks about a subscription, within a rehearsal: what comes of it is the invoice itself.
 * @returns null when no subscription of the customer will be invoiced
 * @throws StripeFailure 400, 404
 */
export function rehearseSubscription(account: Account, customer: string, given: PreviewInput): Stripe.Invoice | null {
  const details = given.subscription_details;
  if (!given.subscription && details?.items) {
    const {
      cancel_now: _now,
      proration_date: _date,
      resume_at: _resume,
      billing_cycle_anchor: anchor,
      ...creation
    } = details;
    if (anchor)
      throw unsupported("a billing cycle anchor of a new subscription", "subscription_details[billing_cycle_anchor]");
    const items = details.items.map(({ id, deleted, clear_usage, discounts, metadata, price, ...item }) => {
      if (id !== undefined || deleted || clear_usage !== undefined)
        throw invalidRequest("A new subscription has no items to be changed.", {
          param: "subscription_details[items]",
        });
      return {
        ...item,
        ...(price !== undefined && { price }),
        discounts: discounts ?? undefined,
        metadata: metadata ?? undefined,
      };
    });
    const { id } = createSubscription(account, {
      ...creation,
      cancel_at: creation.cancel_at ?? undefined,
      currency: given.currency,
      customer,
      items,
      payment_behavior: "default_incomplete",
    });
    return latestInvoice(account, id) ?? nextInvoice(account, id);
  }
  const id = given.subscription ?? nextToBill(account, customer);
  if (id === null) return null;
  return (details && changed(account, id, details)) ?? nextInvoice(account, id);
}
