import { systemDb } from "@/db/client";
import type { TenantScope } from "@/lib/auth/scope";
import { now } from "@/lib/clock";
import { AppError, invalid } from "@/lib/errors";
import type { PaymentMethodId, TenantId } from "@/lib/ids";
import { applyInvoice, syncInvoice } from "@/lib/invoices/sync";
import { log } from "@/lib/log";
import { toDecimalString } from "@/lib/money/amount";
import type { Minor } from "@/lib/money/minor";
import { takeFromBudget } from "@/lib/payment-methods/card-budget";
import { listPaymentMethods } from "@/lib/payment-methods/queries";
import { syncCustomerMethods } from "@/lib/payment-methods/sync";
import { voidInvoiceAtStripe } from "@/lib/stripe/invoices";
import {
  pauseSubscription as pauseAtStripe,
  resumeSubscription as resumeAtStripe,
  type SubscriptionOutcome,
} from "@/lib/stripe/subscriptions";
import { type ChangeRow, changeOfRequest, failChange, openChange, recordChange } from "./changes";
import { lockSubscriptions, type SubscriptionRow } from "./end";
import { previewChange } from "./preview";
import { getSubscription, readSubscription, type Subscription } from "./queries";
import { refuseChange } from "./refusals";
import { applySubscription } from "./sync";

type Paid = SubscriptionRow & { stripeSubscriptionId: string };

function checkPausable(row: SubscriptionRow): void {
  if (row.status !== "active")
    throw new AppError("change_refused", `a subscription that is ${row.status} cannot be paused`);
  if (row.cancelAt || row.pendingPlan)
    throw new AppError("change_refused", "take back the end or the change that is decided first");
}

function checkPaused(row: SubscriptionRow): void {
  if (row.status !== "paused") throw new AppError("change_refused", "the subscription is not paused");
}

/** @throws AppError not_found · subscription_ended · invalid_request for the free plan */
async function paid(scope: TenantScope, subscriptionId: string): Promise<Paid> {
  const row = await readSubscription(systemDb(), scope.tenantId, subscriptionId);
  if (row.endedAt) throw new AppError("subscription_ended");
  if (!row.stripeSubscriptionId) throw invalid("id", "the free plan is not paused");
  return { ...row, stripeSubscriptionId: row.stripeSubscriptionId };
}

type Wish = Pick<ChangeRow, "kind" | "quotedMinor"> & {
  row: Paid;
  requestKey: string | null;
  /** What is charged now; null: nothing. */
  paymentMethodId: PaymentMethodId | null;
  check: (row: SubscriptionRow) => void;
};

async function begin(scope: TenantScope, wish: Wish): Promise<{ change: ChangeRow; isNew: boolean }> {
  const { row, requestKey, kind, quotedMinor, paymentMethodId } = wish;
  const { tenantId, subscriptionId } = row;
  return systemDb().transaction(async (tx) => {
    const rows = await lockSubscriptions(tx, tenantId);
    const known = await changeOfRequest(tx, tenantId, requestKey);
    if (known) return { change: known, isNew: false };
    const current = rows.find((one) => one.subscriptionId === subscriptionId);
    if (!current || current.endedAt) throw new AppError("subscription_ended");
    wish.check(current);
    const change = await openChange(tx, {
      tenantId,
      subscriptionId,
      kind,
      quotedMinor,
      actor: scope.actor,
      requestKey,
      fromPlan: row.plan,
    });
    if (paymentMethodId)
      await takeFromBudget(tx, { tenantId, paymentMethodId, tryId: change.changeId, purpose: "subscription" });
    return { change, isNew: true };
  });
}

/** The credit of a pause stands on the page at once, and not only when the webhooks have come. */
async function showCredit(tenantId: TenantId, outcome: SubscriptionOutcome): Promise<void> {
  if (outcome.kind !== "subscription") return;
  try {
    if (outcome.subscription.latestInvoiceId) await syncInvoice(outcome.subscription.latestInvoiceId);
    await syncCustomerMethods(tenantId);
  } catch (error) {
    log().warn({ err: error, tenantId }, "the credit of a pause is shown when Stripe tells of it");
  }
}

/**
 * Stops a subscription for a while: nothing is invoiced, the plan cannot be used, and what is unused of the paid period waits as a
 * credit for the day it goes on.
 * @throws AppError not_found · subscription_ended · invalid_request · change_refused (not active, or an end or a change is decided) ·
 * change_in_progress · stripe_unavailable
 */
export async function pauseSubscription(
  scope: TenantScope,
  subscriptionId: string,
  requestKey: string | null,
): Promise<Subscription> {
  const row = await paid(scope, subscriptionId);
  const wish = { kind: "pause", quotedMinor: null, paymentMethodId: null } as const;
  const { change, isNew } = await begin(scope, { ...wish, row, requestKey, check: checkPausable });
  if (isNew) {
    const askedAt = now();
    const outcome = await pauseAtStripe(row.stripeSubscriptionId, change.changeId);
    await recordChange(change, outcome, askedAt);
    await showCredit(row.tenantId, outcome);
  }
  return getSubscription(scope, subscriptionId);
}

/** Without its payment the subscription stays as it was, and nothing is owed for what did not begin. */
export async function notPaid(
  change: ChangeRow,
  outcome: SubscriptionOutcome & { kind: "subscription" },
): Promise<never> {
  const { latestInvoiceId } = outcome.subscription;
  if (latestInvoiceId) {
    const askedAt = now();
    await applyInvoice(await voidInvoiceAtStripe(latestInvoiceId).catch(refuseChange), askedAt);
  }
  await failChange(change, "card_declined");
  throw new AppError("payment_method_declined", "the payment was declined, and the subscription stays paused");
}

/** The method that Stripe charges: the subscription's own, or the default. @throws AppError no_payment_method */
async function methodOf(scope: TenantScope, row: Paid): Promise<PaymentMethodId> {
  const methods = await listPaymentMethods(scope);
  const own = methods.find((one) => one.paymentMethodId === row.paymentMethodId);
  const method = own ?? methods.find((one) => one.isDefault);
  if (!method) throw new AppError("no_payment_method", "add a payment method first: a new period is paid at once");
  return method.paymentMethodId;
}

export type ResumeInput = {
  /** What the customer saw as due: another amount is refused. Null: whatever it is. */
  expectedMinor: Minor | null;
  requestKey: string | null;
};

/**
 * Lets a paused subscription go on: a new period begins now and is paid at once, or nothing changes.
 * @throws AppError not_found · subscription_ended · invalid_request · change_refused (not paused) · change_in_progress · quote_changed ·
 * no_payment_method · payment_method_declined · card_budget_exhausted · stripe_unavailable
 */
export async function resumeSubscription(
  scope: TenantScope,
  subscriptionId: string,
  { expectedMinor, requestKey }: ResumeInput,
): Promise<Subscription> {
  const row = await paid(scope, subscriptionId);
  const known = await systemDb().transaction((tx) => changeOfRequest(tx, scope.tenantId, requestKey));
  if (known) return getSubscription(scope, subscriptionId);
  checkPaused(row);
  const { dueNowMinor, currency } = await previewChange(scope, subscriptionId, { coupon: null, prorationAt: null });
  if (expectedMinor !== null && expectedMinor !== dueNowMinor)
    throw new AppError("quote_changed", `it costs ${toDecimalString(dueNowMinor, currency)} now`);
  const paymentMethodId = dueNowMinor > 0 ? await methodOf(scope, row) : null;
  const wish = { kind: "resume", quotedMinor: dueNowMinor, paymentMethodId } as const;
  const { change, isNew } = await begin(scope, { ...wish, row, requestKey, check: checkPaused });
  if (isNew) {
    const askedAt = now();
    const outcome = await resumeAtStripe(row.stripeSubscriptionId, change.changeId);
    if (outcome.kind === "subscription" && outcome.subscription.status === "paused") {
      await applySubscription(outcome.subscription, askedAt);
      await notPaid(change, outcome);
    }
    await recordChange(change, outcome, askedAt);
  }
  return getSubscription(scope, subscriptionId);
}
