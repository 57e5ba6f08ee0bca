import Stripe from "stripe";
import type { PaymentMethodId, StripeCustomerId, SubscriptionId, TenantId } from "@/lib/ids";
import { stripe } from "./client";
import { EXPANDED, type SubscriptionSnapshot, snapshotOfSubscription } from "./subscription";

/**
 * What became of a change. `unknown` is not `refused`: only Stripe can say whether it happened.
 * `declined`: the payment failed and nothing was changed. `refused`: Stripe did not take the request.
 */
export type SubscriptionOutcome =
  | { kind: "subscription"; subscription: SubscriptionSnapshot }
  | { kind: "declined"; code: string; declineCode: string | null; message: string }
  | { kind: "refused"; code: string; param: string | null; message: string }
  | { kind: "unknown"; message: string };

/** What one of our changes is called at Stripe: found again by it, repeated under it. */
export type ChangeName = { tenantId: TenantId; subscriptionId: SubscriptionId; changeId: string };

/** A coupon or a promotion code, as the customer typed it. */
export type DiscountChoice = { coupon: string } | { promotion_code: string };

const metadataOf = (name: ChangeName) => ({
  evenkeel_tenant: name.tenantId,
  evenkeel_subscription: name.subscriptionId,
  evenkeel_change: name.changeId,
});
const unix = (at: Date) => Math.floor(at.getTime() / 1000);

function outcomeOfError(error: unknown): SubscriptionOutcome {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof Stripe.errors.StripeCardError)
    return { kind: "declined", code: error.code ?? "card_declined", declineCode: error.decline_code ?? null, message };
  const refused =
    error instanceof Stripe.errors.StripeInvalidRequestError ||
    error instanceof Stripe.errors.StripeAuthenticationError ||
    error instanceof Stripe.errors.StripePermissionError;
  if (refused) return { kind: "refused", code: error.code ?? error.type, param: error.param ?? null, message };
  return { kind: "unknown", message };
}

async function outcomeOf(call: Promise<Stripe.Subscription>): Promise<SubscriptionOutcome> {
  try {
    return { kind: "subscription", subscription: snapshotOfSubscription(await call) };
  } catch (error) {
    return outcomeOfError(error);
  }
}

export type NewSubscription = ChangeName & {
  stripeCustomerId: StripeCustomerId;
  priceId: string;
  paymentMethodId: PaymentMethodId | null;
  trialEnd: Date | null;
  discount: DiscountChoice | null;
  /** Of every invoice; none: no tax. */
  taxRateIds: string[];
};

/**
 * Begins a subscription. Its first invoice is paid at once; when the bank wants the customer, it comes back `incomplete` with what
 * the browser finishes it by. A trial without a method ends the subscription when it is over. Never throws.
 */
export function createSubscription(input: NewSubscription): Promise<SubscriptionOutcome> {
  return outcomeOf(
    stripe().subscriptions.create(
      {
        customer: input.stripeCustomerId,
        items: [{ price: input.priceId }],
        collection_method: "charge_automatically",
        payment_behavior: "allow_incomplete",
        ...(input.paymentMethodId && { default_payment_method: input.paymentMethodId }),
        ...(input.trialEnd && {
          trial_end: unix(input.trialEnd),
          trial_settings: { end_behavior: { missing_payment_method: "cancel" as const } },
        }),
        ...(input.discount && { discounts: [input.discount] }),
        ...(input.taxRateIds.length > 0 && { default_tax_rates: input.taxRateIds }),
        metadata: metadataOf(input),
        expand: EXPANDED,
      },
      { idempotencyKey: input.changeId },
    ),
  );
}

export type PlanChange = ChangeName & {
  stripeSubscriptionId: string;
  itemId: string;
  priceId: string;
  /** Of an upgrade: the instant the preview was made for; it is paid at once or nothing changes. Null: from the next period on. */
  prorationAt: Date | null;
  /** Moves the next invoice to the end of what was paid when the interval becomes another one. */
  paidUntil: Date | null;
  discount: DiscountChoice | null | undefined;
};

/** Changes price or discount. Never throws. */
export function changeSubscription(change: PlanChange): Promise<SubscriptionOutcome> {
  return outcomeOf(
    stripe().subscriptions.update(
      change.stripeSubscriptionId,
      {
        items: [{ id: change.itemId, price: change.priceId }],
        ...(change.prorationAt
          ? {
              proration_behavior: "always_invoice" as const,
              proration_date: unix(change.prorationAt),
              payment_behavior: "error_if_incomplete" as const,
            }
          : { proration_behavior: "none" as const }),
        ...(change.paidUntil && { trial_end: unix(change.paidUntil) }),
        ...(change.discount !== undefined && {
          discounts: change.discount === null ? ("" as const) : [change.discount],
        }),
        metadata: metadataOf(change),
        expand: EXPANDED,
      },
      { idempotencyKey: change.changeId },
    ),
  );
}

/** Sets or takes back the end at the end of the period, or changes what it is paid by. Never throws. */
export function updateSubscription(
  stripeSubscriptionId: string,
  name: ChangeName,
  change: Pick<
    Stripe.SubscriptionUpdateParams,
    "cancel_at_period_end" | "cancellation_details" | "default_payment_method" | "trial_end" | "discounts"
  >,
): Promise<SubscriptionOutcome> {
  return outcomeOf(
    stripe().subscriptions.update(
      stripeSubscriptionId,
      { ...change, metadata: metadataOf(name), expand: EXPANDED },
      { idempotencyKey: name.changeId },
    ),
  );
}

/** Pays the next periods by another method. @throws Stripe's errors */
export async function setSubscriptionMethod(
  stripeSubscriptionId: string,
  paymentMethodId: PaymentMethodId,
): Promise<void> {
  await stripe().subscriptions.update(stripeSubscriptionId, { default_payment_method: paymentMethodId });
}

/** Ends it now. Nothing is charged and nothing given back by Stripe. Never throws. */
export function cancelSubscription(
  stripeSubscriptionId: string,
  changeId: string,
  comment: string | null,
): Promise<SubscriptionOutcome> {
  return outcomeOf(
    stripe().subscriptions.cancel(
      stripeSubscriptionId,
      {
        invoice_now: false,
        prorate: false,
        ...(comment && { cancellation_details: { comment } }),
        expand: EXPANDED,
      },
      { idempotencyKey: changeId },
    ),
  );
}

/**
 * Nothing more is invoiced. What is unused of the period becomes the customer's credit at Stripe, by an invoice below zero: a
 * credit on a pending item would be lost with an invoice that is voided. Never throws.
 */
export function pauseSubscription(stripeSubscriptionId: string, changeId: string): Promise<SubscriptionOutcome> {
  return outcomeOf(
    stripe().subscriptions.pause(
      stripeSubscriptionId,
      { bill_for: { unused_time_from: { type: "now" } }, invoicing_behavior: "invoice", expand: EXPANDED },
      { idempotencyKey: changeId },
    ),
  );
}

/** Begins a new period, once it is paid: until then the subscription stays paused. Never throws. */
export function resumeSubscription(stripeSubscriptionId: string, changeId: string): Promise<SubscriptionOutcome> {
  return outcomeOf(
    stripe().subscriptions.resume(
      stripeSubscriptionId,
      { billing_cycle_anchor: { type: "now" }, payment_behavior: "resume_on_payment_success", expand: EXPANDED },
      { idempotencyKey: changeId },
    ),
  );
}

/** @throws Stripe's errors */
export async function fetchSubscription(stripeSubscriptionId: string): Promise<SubscriptionSnapshot> {
  return snapshotOfSubscription(await stripe().subscriptions.retrieve(stripeSubscriptionId, { expand: EXPANDED }));
}

/** Every subscription a customer ever had, newest first. @throws Stripe's errors */
export async function listSubscriptionsOf(stripeCustomerId: StripeCustomerId): Promise<SubscriptionSnapshot[]> {
  const found: SubscriptionSnapshot[] = [];
  const expand = EXPANDED.map((path) => `data.${path}`);
  for await (const one of stripe().subscriptions.list({
    customer: stripeCustomerId,
    status: "all",
    limit: 100,
    expand,
  }))
    found.push(snapshotOfSubscription(one));
  return found;
}

/** What the customer typed is looked up as a promotion code, then as a coupon's id. @returns null for neither @throws Stripe's errors */
export async function findDiscount(code: string): Promise<DiscountChoice | null> {
  const codes = await stripe().promotionCodes.list({ code, active: true, limit: 1 });
  const [promotion] = codes.data;
  if (promotion) return { promotion_code: promotion.id };
  try {
    const coupon = await stripe().coupons.retrieve(code);
    return coupon.valid ? { coupon: coupon.id } : null;
  } catch (error) {
    if (error instanceof Stripe.errors.StripeInvalidRequestError && error.code === "resource_missing") return null;
    throw error;
  }
}
