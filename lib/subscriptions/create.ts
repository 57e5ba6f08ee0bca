import { systemDb } from "@/db/client";
import { subscriptions } from "@/db/schema";
import type { BillingCycle } from "@/db/schema/subscriptions";
import type { TenantScope } from "@/lib/auth/scope";
import { currencyOf } from "@/lib/balance/currency";
import { now } from "@/lib/clock";
import { AppError, invalid } from "@/lib/errors";
import { newId, type PaymentMethodId, type StripeCustomerId, type SubscriptionId } from "@/lib/ids";
import { syncInvoice } from "@/lib/invoices/sync";
import { log } from "@/lib/log";
import type { Currency } from "@/lib/money/currency";
import { takeFromBudget } from "@/lib/payment-methods/card-budget";
import { ensureCustomer } from "@/lib/payment-methods/customer";
import { listPaymentMethods } from "@/lib/payment-methods/queries";
import { unknownMethod } from "@/lib/payment-methods/refusals";
import { isPlanId, planOf, priceOf } from "@/lib/plans/catalogue";
import { stripePriceOf } from "@/lib/plans/sync";
import { planTaxRates } from "@/lib/plans/tax";
import type { Plan } from "@/lib/plans/types";
import { fetchIntent } from "@/lib/stripe/payment-intents";
import type { SubscriptionSnapshot } from "@/lib/stripe/subscription";
import {
  cancelSubscription as cancelAtStripe,
  createSubscription as createAtStripe,
  type DiscountChoice,
  findDiscount,
} from "@/lib/stripe/subscriptions";
import { type ChangeRow, changeOfRequest, failChange, openChange, recordChange } from "./changes";
import { discountTerms } from "./discount-terms";
import { liveOf, lockSubscriptions } from "./end";
import { getSubscription, type Subscription } from "./queries";
import { declined, refuseChange } from "./refusals";
import { applySubscription } from "./sync";
import { claimTrial, hadTrial, trialDays, trialEndAfter } from "./trial";
import { owesCredit } from "./withdraw-credit";

export const LONGEST_TRIAL_DAYS = 90;

export type SubscriptionInput = {
  plan: string;
  cycle: BillingCycle;
  /** Null: the tenant's default. */
  paymentMethodId: PaymentMethodId | null;
  /** A promotion code or a coupon's id. */
  coupon: string | null;
  /** 0: none; null: the plan's own, unless it was used. */
  trialDays: number | null;
  requestKey: string | null;
};

/** @throws AppError discount_unknown · stripe_unavailable */
export async function discountOf(coupon: string): Promise<DiscountChoice> {
  const found = await findDiscount(coupon).catch(refuseChange);
  if (!found) throw invalid("coupon", "is not one that can be used", "discount_unknown");
  return found;
}

async function methodOf(scope: TenantScope, asked: PaymentMethodId | null): Promise<PaymentMethodId | null> {
  const methods = await listPaymentMethods(scope);
  const method = asked ? methods.find((one) => one.paymentMethodId === asked) : methods.find((one) => one.isDefault);
  if (asked && !method) throw unknownMethod();
  if (asked && method?.status === "requires_verification")
    throw invalid("paymentMethodId", "this bank account is not verified yet");
  return method && method.status !== "requires_verification" ? method.paymentMethodId : null;
}

type Terms = {
  plan: Plan;
  currency: Currency;
  stripeCustomerId: StripeCustomerId;
  priceId: string;
  paymentMethodId: PaymentMethodId | null;
  discount: DiscountChoice | null;
};

type Begun = { change: ChangeRow; trialEnd: Date | null; isNew: boolean };

/** The row of the subscription and that of the change, before Stripe is asked. */
async function begin(scope: TenantScope, input: SubscriptionInput, terms: Terms): Promise<Begun> {
  const { plan, currency, paymentMethodId, stripeCustomerId } = terms;
  return systemDb().transaction(async (tx) => {
    const rows = await lockSubscriptions(tx, scope.tenantId);
    const known = await changeOfRequest(tx, scope.tenantId, input.requestKey);
    if (known) return { change: known, trialEnd: null, isNew: false };
    if (liveOf(rows)?.stripeSubscriptionId) throw new AppError("already_subscribed");
    if (rows.some((row) => row.status === "incomplete" && row.endedAt === null))
      throw new AppError("change_in_progress", "a first payment waits to be finished");
    if (await owesCredit(tx, scope.tenantId))
      throw new AppError("change_in_progress", "the plan before is being cleared: try again in a minute");
    const used = await hadTrial(tx, scope.tenantId);
    if (input.trialDays && used) throw invalid("trialDays", "the trial was used already", "trial_used");
    const days = input.trialDays ?? (plan.hasTrial && !used ? trialDays() : 0);
    const trialEnd = days > 0 ? trialEndAfter(days) : null;
    if (!trialEnd && !paymentMethodId)
      throw new AppError("no_payment_method", "add a payment method first: the first period is paid at once");
    const at = now();
    const subscriptionId = newId<SubscriptionId>();
    await tx.insert(subscriptions).values({
      tenantId: scope.tenantId,
      subscriptionId,
      stripeCustomerId,
      plan: plan.id,
      planVersion: plan.version,
      billingCycle: input.cycle,
      status: "incomplete",
      currency,
      currentPeriodStart: at,
      currentPeriodEnd: trialEnd ?? new Date(at.getTime() + 1),
      usageAnchorAt: at,
      createdAt: at,
      syncedAt: at,
    });
    const change = await openChange(tx, {
      tenantId: scope.tenantId,
      subscriptionId,
      kind: "create",
      toPlan: plan.id,
      toPlanVersion: plan.version,
      toBillingCycle: input.cycle,
      terms: {
        priceId: terms.priceId,
        trialEnd: trialEnd?.toISOString() ?? null,
        paymentMethodId,
        ...discountTerms(terms.discount),
      },
      quotedMinor: trialEnd ? null : priceOf(plan, input.cycle, currency),
      actor: scope.actor,
      requestKey: input.requestKey,
    });
    if (!trialEnd && paymentMethodId)
      await takeFromBudget(tx, {
        tenantId: scope.tenantId,
        paymentMethodId,
        tryId: change.changeId,
        purpose: "subscription",
      });
    return { change, trialEnd, isNew: true };
  });
}

/**
 * A first payment that is not through: either the customer's bank wants to ask, or it was declined, and then there is to be no
 * subscription.
 * @returns what the browser finishes the payment by, if it has to
 */
export async function firstPayment(change: ChangeRow, said: SubscriptionSnapshot): Promise<string | null> {
  if (said.status !== "incomplete" || !said.clientSecret) return null;
  const [intentId = ""] = said.clientSecret.split("_secret_");
  const intent = await fetchIntent(intentId).catch(refuseChange);
  if (intent.status === "requires_action") return said.clientSecret;
  if (intent.status === "processing" || intent.status === "succeeded") return null;
  const askedAt = now();
  const canceled = await cancelAtStripe(said.stripeSubscriptionId, `${change.changeId}:declined`, null);
  if (canceled.kind === "subscription") await applySubscription(canceled.subscription, askedAt);
  await failChange(change, intent.error?.declineCode ?? intent.error?.code ?? "card_declined");
  if (said.latestInvoiceId)
    await syncInvoice(said.latestInvoiceId).catch((error) =>
      log().warn(
        { err: error, tenantId: change.tenantId },
        "a declined first payment is listed when Stripe tells of it",
      ),
    );
  throw declined(intent.error);
}

/**
 * Subscribes the tenant to a paid plan: with a trial of its own right, or paid at once. A payment that needs the customer's bank
 * comes back `incomplete`, with what the browser finishes it by.
 * @throws AppError already_subscribed · change_in_progress · no_payment_method · payment_method_declined · card_budget_exhausted ·
 * trial_used · discount_unknown · plan_not_offered · invalid_request · stripe_unavailable
 */
export async function createSubscription(
  scope: TenantScope,
  input: SubscriptionInput,
): Promise<Subscription & { clientSecret: string | null }> {
  if (!isPlanId(input.plan)) throw invalid("plan", "is not one of the plans");
  const plan = planOf(input.plan);
  if (!plan.prices) throw invalid("plan", "is the plan of everybody without a paid one");
  if (input.trialDays !== null && (input.trialDays < 0 || input.trialDays > LONGEST_TRIAL_DAYS))
    throw invalid("trialDays", `must be 0 to ${LONGEST_TRIAL_DAYS}`);
  const currency = await currencyOf(scope.tenantId);
  priceOf(plan, input.cycle, currency);
  const paymentMethodId = await methodOf(scope, input.paymentMethodId);
  const [priceId, discount, taxRateIds] = await Promise.all([
    stripePriceOf(plan, input.cycle, currency).catch(refuseChange),
    input.coupon === null ? null : discountOf(input.coupon),
    planTaxRates().catch(refuseChange),
  ]);
  const stripeCustomerId = await ensureCustomer(scope.tenantId);
  const begun = await begin(scope, input, { plan, currency, stripeCustomerId, priceId, paymentMethodId, discount });
  const { change } = begun;
  let clientSecret: string | null = null;
  if (begun.isNew) {
    const askedAt = now();
    const outcome = await createAtStripe({
      tenantId: scope.tenantId,
      subscriptionId: change.subscriptionId,
      changeId: change.changeId,
      stripeCustomerId,
      priceId,
      paymentMethodId,
      trialEnd: begun.trialEnd,
      discount,
      taxRateIds,
    });
    await recordChange(change, outcome, askedAt);
    if (outcome.kind === "subscription") clientSecret = await firstPayment(change, outcome.subscription);
    if (begun.trialEnd) await claimTrial(scope.tenantId, change.subscriptionId);
  }
  return { ...(await getSubscription(scope, change.subscriptionId)), clientSecret };
}
