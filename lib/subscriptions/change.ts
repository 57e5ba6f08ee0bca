import { systemDb } from "@/db/client";
import type { TenantScope } from "@/lib/auth/scope";
import { now } from "@/lib/clock";
import { AppError, invalid, invariant } from "@/lib/errors";
import { toDecimalString } from "@/lib/money/amount";
import { type Minor, ZERO } from "@/lib/money/minor";
import { takeFromBudget } from "@/lib/payment-methods/card-budget";
import { type PlanChoice, planOf } from "@/lib/plans/catalogue";
import { stripePriceOf } from "@/lib/plans/sync";
import { previewOfChange } from "@/lib/stripe/previews";
import { changeSubscription, type DiscountChoice, updateSubscription } from "@/lib/stripe/subscriptions";
import { cancelSubscription } from "./cancel";
import { carryOut, isLastDay } from "./carry-out";
import { type ChangeRow, changeOfRequest, completeChange, openChange, recordChange } from "./changes";
import { discountOf } from "./create";
import { discountTerms } from "./discount-terms";
import { lockSubscriptions, type SubscriptionRow } from "./end";
import { NOTHING_PENDING, pendingFor, setPending, waitingTerms } from "./pending";
import { getSubscription, readSubscription, type Subscription } from "./queries";
import { type ChangeWish, checkGoesOn, classify, prorationAt } from "./quote";
import { refuseChange } from "./refusals";

export type ChangeInput = ChangeWish & {
  /** Undefined: as it is; null: none any more. */
  coupon?: string | null;
  /** Of the preview that the customer saw; null: now. */
  prorationAt: Date | null;
  /** What the customer saw as due now: another amount is refused. Null: whatever it is. */
  expectedMinor: Minor | null;
  requestKey: string | null;
};

/** @throws AppError quote_changed */
function checkQuote(row: SubscriptionRow, input: ChangeInput, quotedMinor: Minor): void {
  if (input.expectedMinor !== null && input.expectedMinor !== quotedMinor)
    throw new AppError("quote_changed", `it costs ${toDecimalString(quotedMinor, row.currency)} now`);
}

const CHANGEABLE: readonly SubscriptionRow["status"][] = ["active", "trialing", "past_due"];

/** The change as a row. A payment that is owed comes first: nothing is upgraded on credit. */
async function begin(
  scope: TenantScope,
  row: SubscriptionRow,
  input: ChangeInput,
  values: Partial<ChangeRow> & Pick<ChangeRow, "kind">,
): Promise<{ change: ChangeRow; isNew: boolean }> {
  return systemDb().transaction(async (tx) => {
    const rows = await lockSubscriptions(tx, scope.tenantId);
    const known = await changeOfRequest(tx, scope.tenantId, input.requestKey);
    if (known) return { change: known, isNew: false };
    const current = rows.find((one) => one.subscriptionId === row.subscriptionId);
    if (!current || current.endedAt) throw new AppError("subscription_ended");
    if (!CHANGEABLE.includes(current.status))
      throw new AppError("change_refused", `a subscription that is ${current.status} cannot be changed`);
    checkGoesOn(current, values.kind);
    if (current.status === "past_due" && values.kind === "upgrade")
      throw new AppError("change_refused", "an invoice is unpaid: pay it first");
    const change = await openChange(tx, {
      tenantId: scope.tenantId,
      subscriptionId: row.subscriptionId,
      actor: scope.actor,
      requestKey: input.requestKey,
      fromPlan: row.plan,
      ...values,
    });
    if (values.quotedMinor && row.paymentMethodId)
      await takeFromBudget(tx, {
        tenantId: scope.tenantId,
        paymentMethodId: row.paymentMethodId,
        tryId: change.changeId,
        purpose: "subscription",
      });
    return { change, isNew: true };
  });
}

async function changePlan(
  scope: TenantScope,
  row: SubscriptionRow,
  input: ChangeInput,
  to: PlanChoice,
  kind: "upgrade" | "downgrade",
  discount: DiscountChoice | null | undefined,
): Promise<void> {
  const { stripeSubscriptionId, stripeItemId, stripeCustomerId } = row;
  invariant(stripeSubscriptionId && stripeItemId && stripeCustomerId, "a paid subscription is at Stripe");
  const priceId = await stripePriceOf(to.plan, to.cycle, row.currency).catch(refuseChange);
  const paidAtOnce = kind === "upgrade" && row.status !== "trialing";
  const proratedAt = paidAtOnce ? prorationAt(input.prorationAt, row.currentPeriodStart, now()) : null;
  const item = { stripeCustomerId, stripeSubscriptionId, itemId: stripeItemId, priceId, discount };
  const quotedMinor = proratedAt
    ? (await previewOfChange({ ...item, prorationAt: proratedAt }).catch(refuseChange)).dueMinor
    : ZERO;
  checkQuote(row, input, quotedMinor);
  const { change, isNew } = await begin(scope, row, input, {
    kind,
    toPlan: to.plan.id,
    toPlanVersion: to.plan.version,
    toBillingCycle: to.cycle,
    prorationAt: proratedAt,
    quotedMinor,
    terms: { itemId: stripeItemId, priceId, ...discountTerms(discount), ...waitingTerms(row) },
  });
  if (!isNew) return;
  // Before Stripe is asked: whatever waited for the end of the period does not wait any more.
  await setPending(systemDb(), row, NOTHING_PENDING);
  const askedAt = now();
  const outcome = await changeSubscription({
    tenantId: row.tenantId,
    subscriptionId: row.subscriptionId,
    changeId: change.changeId,
    ...item,
    prorationAt: proratedAt,
    paidUntil: null,
  });
  await recordChange(change, outcome, askedAt);
}

/** Writes down what begins when what was paid is used up, or that nothing does any more. Stripe hears of it on the last day. */
async function changeLater(
  scope: TenantScope,
  row: SubscriptionRow,
  input: ChangeInput,
  to: PlanChoice,
  kind: "downgrade" | "reactivate",
): Promise<void> {
  checkQuote(row, input, ZERO);
  const { change, isNew } = await begin(scope, row, input, {
    kind,
    toPlan: to.plan.id,
    toPlanVersion: to.plan.version,
    toBillingCycle: to.cycle,
  });
  if (!isNew) return;
  await systemDb().transaction(async (tx) => {
    await setPending(tx, row, kind === "downgrade" ? pendingFor(row, to) : NOTHING_PENDING);
    await completeChange(tx, change);
  });
  if (kind === "downgrade" && isLastDay(row.currentPeriodEnd))
    await carryOut(await readSubscription(systemDb(), row.tenantId, row.subscriptionId));
}

async function changeCoupon(
  scope: TenantScope,
  row: SubscriptionRow,
  input: ChangeInput,
  discount: DiscountChoice | null,
): Promise<void> {
  invariant(row.stripeSubscriptionId, "a paid subscription is at Stripe");
  // Beside a change of the plan in the same request it is a change of its own.
  const own = { ...input, requestKey: input.requestKey && `${input.requestKey}:coupon` };
  const { change, isNew } = await begin(scope, row, own, { kind: "coupon", terms: discountTerms(discount) });
  if (!isNew) return;
  const askedAt = now();
  const outcome = await updateSubscription(
    row.stripeSubscriptionId,
    { tenantId: row.tenantId, subscriptionId: row.subscriptionId, changeId: change.changeId },
    { discounts: discount === null ? "" : [discount] },
  );
  await recordChange(change, outcome, askedAt);
}

const boughtBy = (row: SubscriptionRow): PlanChoice => ({
  plan: planOf(row.plan, row.planVersion),
  cycle: row.billingCycle,
});

/**
 * Changes plan, billing cycle or coupon. An upgrade is paid at once, exactly what the preview of the same instant said, or changes
 * nothing; a downgrade begins when what was paid is used up; to the free plan is an end at the end of the period.
 * @throws AppError not_found · invalid_request · subscription_ended · quote_changed · payment_method_declined · change_refused ·
 * change_in_progress · card_budget_exhausted · discount_unknown · stripe_unavailable
 */
export async function changeSubscriptionTerms(
  scope: TenantScope,
  subscriptionId: string,
  input: ChangeInput,
): Promise<Subscription> {
  const row = await readSubscription(systemDb(), scope.tenantId, subscriptionId);
  if (row.endedAt) throw new AppError("subscription_ended");
  if (!row.stripeSubscriptionId) throw invalid("plan", "the free plan is not changed: subscribe to another one");
  const wish = classify(row, input);
  if (wish.kind === "end")
    return cancelSubscription(scope, subscriptionId, {
      when: "period_end",
      reason: null,
      requestKey: input.requestKey,
    });
  const discount =
    input.coupon === undefined ? undefined : input.coupon === null ? null : await discountOf(input.coupon);
  const change = wish.kind === "same" ? null : { ...wish, kind: wish.kind };
  const takesBack = !change && row.pendingPlan !== null && (input.plan !== undefined || input.cycle !== undefined);
  if ((change || takesBack) && row.pendingAt && isLastDay(row.pendingAt))
    throw new AppError("change_refused", "the plan is changed within a day: change it again after that");
  if (change && (change.kind === "upgrade" || row.status === "trialing"))
    await changePlan(scope, row, input, change.to, change.kind, discount);
  else {
    if (change) await changeLater(scope, row, input, change.to, "downgrade");
    else if (takesBack) await changeLater(scope, row, input, boughtBy(row), "reactivate");
    if (discount !== undefined) await changeCoupon(scope, row, input, discount);
  }
  return getSubscription(scope, subscriptionId);
}
