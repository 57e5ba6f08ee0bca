import { TZDate } from "@date-fns/tz";
import { addMonths, addYears } from "date-fns";
import { systemDb } from "@/db/client";
import type { BillingCycle } from "@/db/schema/subscriptions";
import type { TenantScope } from "@/lib/auth/scope";
import { now } from "@/lib/clock";
import { AppError, invariant } from "@/lib/errors";
import type { Currency } from "@/lib/money/currency";
import { type Minor, subtract, ZERO } from "@/lib/money/minor";
import { ensureCustomer } from "@/lib/payment-methods/customer";
import { type PlanChoice, planOf } from "@/lib/plans/catalogue";
import { stripePriceOf } from "@/lib/plans/sync";
import { planTaxRates } from "@/lib/plans/tax";
import { stripeFailure } from "@/lib/stripe/failures";
import {
  type InvoicePreview,
  type PreviewLine,
  previewNew,
  previewOfChange,
  previewOfResuming,
} from "@/lib/stripe/previews";
import { discountOf } from "./create";
import type { SubscriptionRow } from "./end";
import { readSubscription, type Subscription } from "./queries";
import { type ChangeWish, checkGoesOn, classify, prorationAt } from "./quote";
import { refuseChange } from "./refusals";
import { trialEndAfter, trialOffer } from "./trial";

/** What a change costs, before it is made. */
export type ChangePreview = {
  kind: "upgrade" | "downgrade" | "end" | "same" | "resume";
  currency: Currency;
  /** When the new plan begins: at once, or when what was paid is used up. */
  startsAt: Date;
  /** What is charged at once: lines less the discount, and the tax on top. */
  lines: PreviewLine[];
  discountMinor: Minor;
  taxMinor: Minor;
  /** Of the customer's credit at Stripe, taken off what is due. */
  creditMinor: Minor;
  dueNowMinor: Minor;
  /** Until then nothing is charged; null: there is no trial. */
  trialEnd: Date | null;
  /** The next regular invoice; null: there is none. */
  next: { at: Date; amountMinor: Minor } | null;
  /** Give it with the change, and exactly this is charged. */
  prorationAt: Date;
};

/** Stripe counts in UTC, wherever this runs. */
function after(at: Date, cycle: BillingCycle): Date {
  const utc = new TZDate(at.getTime(), "UTC");
  return new Date((cycle === "yearly" ? addYears(utc, 1) : addMonths(utc, 1)).getTime());
}

/** What an invoice would charge at once; null: nothing. */
const chargedNow = (preview: InvoicePreview | null) => ({
  lines: preview?.lines ?? [],
  discountMinor: preview?.discountMinor ?? ZERO,
  taxMinor: preview?.taxMinor ?? ZERO,
  creditMinor: preview ? subtract(preview.totalMinor, preview.dueMinor) : ZERO,
  dueNowMinor: preview?.dueMinor ?? ZERO,
});

async function ofNew(row: SubscriptionRow, to: PlanChoice, coupon: string | null, at: Date): Promise<ChangePreview> {
  const priceId = await stripePriceOf(to.plan, to.cycle, row.currency).catch(refuseChange);
  const discount = coupon === null ? null : await discountOf(coupon);
  const taxRateIds = await planTaxRates().catch(refuseChange);
  const stripeCustomerId = await ensureCustomer(row.tenantId);
  const asked = { stripeCustomerId, priceId, taxRateIds };
  const [preview, days] = await Promise.all([
    previewNew({ ...asked, discount }).catch(refuseChange),
    to.plan.hasTrial ? trialOffer(row.tenantId) : 0,
  ]);
  const trialEnd = days > 0 ? trialEndAfter(days) : null;
  if (trialEnd)
    return {
      kind: "upgrade",
      currency: row.currency,
      startsAt: at,
      ...chargedNow(null),
      trialEnd,
      next: { at: trialEnd, amountMinor: preview.dueMinor },
      prorationAt: at,
    };
  const regular = discount ? await previewNew({ ...asked, discount: null }).catch(refuseChange) : preview;
  return {
    kind: "upgrade",
    currency: row.currency,
    startsAt: at,
    ...chargedNow(preview),
    trialEnd,
    next: { at: after(at, to.cycle), amountMinor: regular.totalMinor },
    prorationAt: at,
  };
}

async function ofChange(
  row: SubscriptionRow,
  to: PlanChoice,
  kind: "upgrade" | "downgrade" | "same",
  coupon: string | null,
  at: Date,
): Promise<ChangePreview> {
  const { stripeSubscriptionId, stripeItemId, stripeCustomerId } = row;
  invariant(stripeSubscriptionId && stripeItemId && stripeCustomerId, "a paid subscription is at Stripe");
  const priceId = await stripePriceOf(to.plan, to.cycle, row.currency).catch(refuseChange);
  const discount = coupon === null ? undefined : await discountOf(coupon);
  const asked = { stripeCustomerId, stripeSubscriptionId, itemId: stripeItemId, priceId, discount };
  const inTrial = row.status === "trialing";
  const movesDate = to.cycle !== row.billingCycle && !inTrial;
  const charged: InvoicePreview | null =
    kind === "upgrade" && !inTrial ? await previewOfChange({ ...asked, prorationAt: at }).catch(refuseChange) : null;
  // A change at once of the billing date would begin with a proration: the period after it is that of a new subscription.
  const regular = movesDate
    ? (
        await previewNew({
          stripeCustomerId,
          priceId,
          discount: null,
          taxRateIds: await planTaxRates().catch(refuseChange),
        }).catch(refuseChange)
      ).totalMinor
    : (await previewOfChange({ ...asked, prorationAt: null }).catch(refuseChange)).dueMinor;
  const startsAt = kind === "downgrade" && !inTrial ? row.currentPeriodEnd : at;
  const nextAt = movesDate && kind === "upgrade" ? after(at, to.cycle) : row.currentPeriodEnd;
  return {
    kind,
    currency: row.currency,
    startsAt,
    ...chargedNow(charged),
    trialEnd: inTrial ? row.trialEnd : null,
    next: { at: nextAt, amountMinor: regular },
    prorationAt: at,
  };
}

/** Going on after a pause: a new period, less what was unused of the one before. */
async function ofResuming(row: SubscriptionRow, at: Date): Promise<ChangePreview> {
  const { stripeCustomerId, stripeSubscriptionId, currency } = row;
  invariant(stripeCustomerId && stripeSubscriptionId, "a paid subscription is at Stripe");
  const preview = await previewOfResuming({ stripeCustomerId, stripeSubscriptionId }).catch(refuseChange);
  return {
    kind: "resume",
    currency,
    startsAt: at,
    ...chargedNow(preview),
    trialEnd: null,
    next: { at: after(at, row.billingCycle), amountMinor: preview.totalMinor },
    prorationAt: at,
  };
}

/** An end charges nothing. @param endsAt when the plan is over */
export const previewOfEnd = (row: SubscriptionRow, endsAt: Date, at: Date): ChangePreview => ({
  kind: "end",
  currency: row.currency,
  startsAt: endsAt,
  ...chargedNow(null),
  trialEnd: null,
  next: null,
  prorationAt: at,
});

export type PreviewInput = ChangeWish & { coupon: string | null; prorationAt: Date | null };

/**
 * What a change would cost, to the cent, as Stripe would charge it; of a paused subscription as it is: what resuming would cost.
 * Changes nothing.
 * @throws AppError not_found · change_refused (paused) · invalid_request · discount_unknown · subscription_ended · stripe_unavailable
 */
export async function previewChange(
  scope: TenantScope,
  subscriptionId: string,
  input: PreviewInput,
): Promise<ChangePreview> {
  const row = await readSubscription(systemDb(), scope.tenantId, subscriptionId);
  if (row.endedAt) throw new AppError("subscription_ended");
  const at = prorationAt(input.prorationAt, row.currentPeriodStart, now());
  const wish = classify(row, input);
  if (row.status === "paused") {
    if (wish.kind !== "same") throw new AppError("change_refused", "the subscription is paused: resume it first");
    return ofResuming(row, at);
  }
  checkGoesOn(row, wish.kind);
  if (wish.kind === "end") return previewOfEnd(row, row.currentPeriodEnd, at);
  const to = wish.kind === "same" ? { plan: planOf(row.plan, row.planVersion), cycle: row.billingCycle } : wish.to;
  if (!row.stripeSubscriptionId) return ofNew(row, to, input.coupon, at);
  return ofChange(row, to, wish.kind, input.coupon, at);
}

/**
 * The next regular invoice of a subscription as it stands, a downgrade that waits included; null: there is none.
 * @throws AppError subscription_ended · stripe_unavailable
 */
export async function nextInvoiceOf(
  scope: TenantScope,
  subscription: Pick<Subscription, "subscriptionId" | "pendingPlan" | "pendingBillingCycle" | "stripeSubscriptionId">,
): Promise<ChangePreview["next"]> {
  const { subscriptionId, pendingPlan, pendingBillingCycle } = subscription;
  if (!subscription.stripeSubscriptionId) return null;
  try {
    const { next } = await previewChange(scope, subscriptionId, {
      ...(pendingPlan && { plan: pendingPlan }),
      ...(pendingBillingCycle && { cycle: pendingBillingCycle }),
      coupon: null,
      prorationAt: null,
    });
    return next;
  } catch (error) {
    // A trial that nothing can be charged for ends without an invoice, and Stripe says so.
    if (error instanceof AppError && stripeFailure(error.cause)?.code === "invoice_upcoming_none") return null;
    throw error;
  }
}
