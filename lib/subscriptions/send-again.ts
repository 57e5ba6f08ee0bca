import { planTaxRates } from "@/lib/plans/tax";
import {
  cancelSubscription,
  changeSubscription,
  createSubscription,
  pauseSubscription,
  resumeSubscription,
  type SubscriptionOutcome,
  updateSubscription,
} from "@/lib/stripe/subscriptions";
import type { ChangeRow } from "./changes";
import { discountFrom } from "./discount-terms";
import type { SubscriptionRow } from "./end";

const textOf = (value: unknown): string | null => (typeof value === "string" ? value : null);
const dateOf = (value: unknown): Date | null => (typeof value === "string" ? new Date(value) : null);

async function createAgain(change: ChangeRow, row: SubscriptionRow): Promise<SubscriptionOutcome | null> {
  const { priceId, paymentMethodId, trialEnd } = change.terms;
  if (typeof priceId !== "string" || !row.stripeCustomerId) return null;
  return createSubscription({
    ...nameOf(change),
    stripeCustomerId: row.stripeCustomerId,
    priceId,
    paymentMethodId: textOf(paymentMethodId) as SubscriptionRow["paymentMethodId"],
    trialEnd: dateOf(trialEnd),
    discount: discountFrom(change.terms) ?? null,
    taxRateIds: await planTaxRates(),
  });
}

async function changeAgain(change: ChangeRow, stripeSubscriptionId: string): Promise<SubscriptionOutcome | null> {
  const { itemId, priceId, paidUntil } = change.terms;
  if (typeof itemId !== "string" || typeof priceId !== "string") return null;
  return changeSubscription({
    ...nameOf(change),
    stripeSubscriptionId,
    itemId,
    priceId,
    prorationAt: change.prorationAt,
    paidUntil: dateOf(paidUntil),
    discount: discountFrom(change.terms),
  });
}

async function cancelAgain(change: ChangeRow, stripeSubscriptionId: string): Promise<SubscriptionOutcome> {
  const reason = textOf(change.terms.reason);
  if (change.terms.when === "now") return cancelSubscription(stripeSubscriptionId, change.changeId, reason);
  return updateSubscription(stripeSubscriptionId, nameOf(change), {
    cancel_at_period_end: true,
    ...(reason && { cancellation_details: { comment: reason } }),
  });
}

async function discountAgain(change: ChangeRow, stripeSubscriptionId: string): Promise<SubscriptionOutcome | null> {
  const discount = discountFrom(change.terms);
  if (discount === undefined) return null;
  return updateSubscription(stripeSubscriptionId, nameOf(change), { discounts: discount === null ? "" : [discount] });
}

const nameOf = ({ tenantId, subscriptionId, changeId }: ChangeRow) => ({ tenantId, subscriptionId, changeId });

/**
 * Sends a change to Stripe exactly as its row says it was sent, under the same key: Stripe answers what it answered before, or does
 * it now.
 * @returns null for a change that was not to be sent: it is ours alone
 * @throws Stripe's errors only where something has to be looked up first
 */
export async function sendAgain(change: ChangeRow, row: SubscriptionRow): Promise<SubscriptionOutcome | null> {
  if (change.kind === "create") return createAgain(change, row);
  const { stripeSubscriptionId } = row;
  if (!stripeSubscriptionId) return null;
  switch (change.kind) {
    case "upgrade":
    case "downgrade":
      return changeAgain(change, stripeSubscriptionId);
    case "cancel":
      return cancelAgain(change, stripeSubscriptionId);
    case "reactivate":
      // Taking back a downgrade that waits is ours alone.
      if (change.toPlan) return null;
      return updateSubscription(stripeSubscriptionId, nameOf(change), { cancel_at_period_end: false });
    case "coupon":
      return discountAgain(change, stripeSubscriptionId);
    case "pause":
      return pauseSubscription(stripeSubscriptionId, change.changeId);
    case "resume":
      return resumeSubscription(stripeSubscriptionId, change.changeId);
  }
}
