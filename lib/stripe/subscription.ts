import type Stripe from "stripe";
import type { SubscriptionDiscount, SubscriptionStatus } from "@/db/schema/subscriptions";
import type { PaymentMethodId, StripeCustomerId, SubscriptionId, TenantId } from "@/lib/ids";
import { type Minor, toMinor, ZERO } from "@/lib/money/minor";

/** What Stripe says of a subscription now; instants as dates. */
export type SubscriptionSnapshot = {
  stripeSubscriptionId: string;
  stripeCustomerId: StripeCustomerId;
  /** Ours, from the metadata that we gave it; null when it was made elsewhere. */
  tenantId: TenantId | null;
  subscriptionId: SubscriptionId | null;
  /** The last change of ours that reached Stripe. */
  changeId: string | null;
  status: SubscriptionStatus;
  itemId: string;
  priceId: string;
  periodStart: Date;
  periodEnd: Date;
  anchorAt: Date;
  trialEnd: Date | null;
  cancelAt: Date | null;
  canceledAt: Date | null;
  endedAt: Date | null;
  pausedAt: Date | null;
  discount: SubscriptionDiscount | null;
  paymentMethodId: PaymentMethodId | null;
  latestInvoiceId: string | null;
  /** What has been paid of it. */
  latestInvoicePaidMinor: Minor;
  /** What the browser finishes a first payment with; only when it was asked for. */
  clientSecret: string | null;
  createdAt: Date;
};

const idOf = (value: string | { id: string } | null | undefined): string | null =>
  typeof value === "string" ? value : (value?.id ?? null);
const dateOf = (unix: number | null | undefined): Date | null => (unix ? new Date(unix * 1000) : null);

function discountOf(discounts: Stripe.Subscription["discounts"]): SubscriptionDiscount | null {
  const [first] = discounts;
  if (!first || typeof first === "string") return null;
  const coupon = first.source.coupon;
  if (!coupon || typeof coupon === "string") return null;
  return {
    couponId: coupon.id,
    name: coupon.name,
    promotionCode: idOf(first.promotion_code),
    percentOff: coupon.percent_off === null ? null : String(coupon.percent_off),
    amountOffMinor: coupon.amount_off,
    endsAt: dateOf(first.end)?.toISOString() ?? null,
  };
}

/** @param subscription expanded by {@link EXPANDED}, so that its discount can be read */
export function snapshotOfSubscription(subscription: Stripe.Subscription): SubscriptionSnapshot {
  const [item] = subscription.items.data;
  if (!item) throw new Error(`${subscription.id} has no items`);
  const invoice = subscription.latest_invoice;
  const { metadata } = subscription;
  const atPeriodEnd = subscription.cancel_at_period_end ? item.current_period_end : null;
  return {
    stripeSubscriptionId: subscription.id,
    stripeCustomerId: idOf(subscription.customer) as StripeCustomerId,
    tenantId: (metadata.evenkeel_tenant ?? null) as TenantId | null,
    subscriptionId: (metadata.evenkeel_subscription ?? null) as SubscriptionId | null,
    changeId: metadata.evenkeel_change ?? null,
    status: subscription.status as SubscriptionStatus,
    itemId: item.id,
    priceId: item.price.id,
    periodStart: new Date(item.current_period_start * 1000),
    periodEnd: new Date(item.current_period_end * 1000),
    anchorAt: new Date(subscription.billing_cycle_anchor * 1000),
    trialEnd: dateOf(subscription.trial_end),
    cancelAt: dateOf(subscription.cancel_at ?? atPeriodEnd),
    canceledAt: dateOf(subscription.canceled_at),
    endedAt: dateOf(subscription.ended_at),
    pausedAt: subscription.status === "paused" ? dateOf(subscription.status_details?.paused?.transitioned_at) : null,
    discount: discountOf(subscription.discounts),
    paymentMethodId: idOf(subscription.default_payment_method) as PaymentMethodId | null,
    latestInvoiceId: idOf(invoice),
    latestInvoicePaidMinor: invoice && typeof invoice !== "string" ? toMinor(invoice.amount_paid) : ZERO,
    clientSecret: invoice && typeof invoice !== "string" ? (invoice.confirmation_secret?.client_secret ?? null) : null,
    createdAt: new Date(subscription.created * 1000),
  };
}

/** What every subscription is asked for with. */
export const EXPANDED = ["discounts.source.coupon", "latest_invoice.confirmation_secret"];
