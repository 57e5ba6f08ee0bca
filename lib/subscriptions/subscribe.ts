import type { TenantScope } from "@/lib/auth/scope";
import { AppError } from "@/lib/errors";
import { toDecimalString } from "@/lib/money/amount";
import type { Minor } from "@/lib/money/minor";
import type { BillingCycle } from "@/lib/plans/types";
import { changeSubscriptionTerms } from "./change";
import { createSubscription } from "./create";
import { previewChange } from "./preview";
import { liveSubscription, type Subscription } from "./queries";
import { trialDays } from "./trial";

export type QuotedChange = {
  plan: string;
  cycle: BillingCycle;
  coupon: string | null;
  /** Of the preview that was shown, and what it said is due now. */
  prorationAt: Date;
  expectedMinor: Minor;
  requestKey: string;
};

/** Subscribes whoever is on the free plan, if it still costs what was shown: a trial that was used meanwhile is not charged for. */
async function subscribeAsQuoted(scope: TenantScope, free: Subscription, input: QuotedChange): Promise<Subscription> {
  const { plan, cycle, coupon, expectedMinor, requestKey } = input;
  const fresh = await previewChange(scope, free.subscriptionId, { plan, cycle, coupon, prorationAt: null });
  if (fresh.dueNowMinor !== expectedMinor)
    throw new AppError("quote_changed", `it costs ${toDecimalString(fresh.dueNowMinor, fresh.currency)} now`);
  return createSubscription(scope, {
    plan,
    cycle,
    coupon,
    paymentMethodId: null,
    trialDays: fresh.trialEnd ? trialDays() : 0,
    requestKey,
  });
}

/**
 * Gives the tenant a plan at the price that was shown, whatever plan it has: subscribes, or changes the subscription.
 * @returns the subscription; `incomplete` while its first payment waits for the customer's bank
 * @throws AppError quote_changed · and what {@link createSubscription} and {@link changeSubscriptionTerms} throw
 */
export async function choosePlan(scope: TenantScope, input: QuotedChange): Promise<Subscription> {
  const live = await liveSubscription(scope);
  if (!live.stripeSubscriptionId) return subscribeAsQuoted(scope, live, input);
  const { coupon, ...change } = input;
  return changeSubscriptionTerms(scope, live.subscriptionId, { ...change, ...(coupon && { coupon }) });
}
