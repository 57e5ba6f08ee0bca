import { and, eq } from "drizzle-orm";
import { systemDb, type Tx } from "@/db/client";
import { subscriptions, tenants } from "@/db/schema";
import type { BillingCycle } from "@/db/schema/subscriptions";
import { send } from "@/inngest/client";
import type { AppEvent } from "@/inngest/events";
import { now } from "@/lib/clock";
import { newId, type SubscriptionId, type TenantId } from "@/lib/ids";
import { withdrawUndelivered } from "@/lib/invoices/undelivered";
import { log } from "@/lib/log";
import { planOf } from "@/lib/plans/catalogue";
import { planOfPrice } from "@/lib/plans/sync";
import type { Plan } from "@/lib/plans/types";
import type { SubscriptionSnapshot } from "@/lib/stripe/subscription";
import { fetchSubscription } from "@/lib/stripe/subscriptions";
import { applyTerms, closePeriods } from "@/lib/usage/terms";
import { clearAfterEnd } from "./after-end";
import { endFree, liveOf, lockSubscriptions, type SubscriptionRow } from "./end";
import { startFree } from "./free";
import { NOTHING_PENDING } from "./pending";
import { tellChange } from "./tell-change";
import { oweCredit } from "./withdraw-credit";

type Bought = { plan: Plan; cycle: BillingCycle };

const ENDED = ["canceled", "incomplete_expired"];

/** One that was ended because its first payment failed never began, whatever Stripe calls that. */
function neverBegan(row: SubscriptionRow | null, said: SubscriptionSnapshot): boolean {
  const hadBegun = said.latestInvoicePaidMinor > 0 || said.trialEnd !== null;
  const waited = row?.status === "incomplete" || row?.status === "incomplete_expired";
  return said.status === "canceled" && waited && !hadBegun;
}

/**
 * What the row says after Stripe's answer. While a downgrade waits, the plan that is used is not the one that is billed next; when
 * that has another interval, Stripe calls what is already paid a trial, and its periods begin after it. A downgrade that Stripe was
 * not told of in time begins a period later.
 */
export function mirrored(row: SubscriptionRow | null, said: SubscriptionSnapshot, bought: Bought | null, at: Date) {
  const waits = row?.pendingAt != null && at < row.pendingAt && !ENDED.includes(said.status);
  const isMissed =
    row?.pendingAt != null &&
    !waits &&
    !ENDED.includes(said.status) &&
    bought?.plan.id === row.plan &&
    bought.cycle === row.billingCycle;
  const isPaid = row !== null && row.status !== "incomplete" && row.status !== "trialing" && said.status === "trialing";
  const terms = bought && {
    plan: bought.plan.id,
    planVersion: bought.plan.version,
    billingCycle: bought.cycle,
  };
  const period = isPaid
    ? {}
    : {
        currentPeriodStart: said.periodStart,
        currentPeriodEnd: said.periodEnd,
        trialEnd: said.trialEnd && row?.status === "active" ? row.trialEnd : said.trialEnd,
        usageAnchorAt: said.anchorAt,
      };
  return {
    stripeSubscriptionId: said.stripeSubscriptionId,
    stripeCustomerId: said.stripeCustomerId,
    stripeItemId: said.itemId,
    ...(waits ? {} : terms),
    status: isPaid ? ("active" as const) : neverBegan(row, said) ? ("incomplete_expired" as const) : said.status,
    ...period,
    cancelAt: said.cancelAt,
    canceledAt: said.canceledAt,
    endedAt: ENDED.includes(said.status) ? (said.endedAt ?? said.canceledAt ?? at) : null,
    pausedAt: said.pausedAt,
    ...(waits ? {} : isMissed ? { pendingAt: said.periodEnd } : NOTHING_PENDING),
    discount: said.discount,
    paymentMethodId: said.paymentMethodId,
    syncedAt: at,
  };
}

async function usageFollows(tx: Tx, before: SubscriptionRow, after: SubscriptionRow): Promise<void> {
  const moved = before.usageAnchorAt.getTime() !== after.usageAnchorAt.getTime();
  if (moved && before.status !== "incomplete") await closePeriods(tx, after, after.currentPeriodStart);
  if (before.plan !== after.plan || before.planVersion !== after.planVersion) {
    const began = before.pendingAt ?? (moved ? after.currentPeriodStart : now());
    await applyTerms(tx, after, planOf(after.plan, after.planVersion), began);
  }
}

/** One tenant has one live subscription: Free gives way to a paid one, and comes back when that has ended. */
async function keepOneLive(tx: Tx, tenantId: TenantId, row: SubscriptionRow, at: Date): Promise<void> {
  const rows = await lockSubscriptions(tx, tenantId);
  if (!liveOf(rows)) await startFree(tx, tenantId, row.currency, row.endedAt ?? at);
}

async function write(
  tx: Tx,
  events: AppEvent[],
  tenantId: TenantId,
  said: SubscriptionSnapshot,
  bought: Bought | null,
  at: Date,
): Promise<void> {
  const rows = await lockSubscriptions(tx, tenantId);
  const row =
    rows.find((one) => one.stripeSubscriptionId === said.stripeSubscriptionId) ??
    rows.find((one) => one.subscriptionId === said.subscriptionId && one.stripeSubscriptionId === null) ??
    null;
  // An answer that was asked for before the last one is older than what is here.
  if (row && row.syncedAt > at) return;
  const values = mirrored(row, said, bought, at);
  const isLive = values.endedAt === null && values.status !== "incomplete";
  const live = liveOf(rows);
  const other = live && live.subscriptionId !== row?.subscriptionId ? live : undefined;
  if (isLive && other) {
    if (other.stripeSubscriptionId) {
      log().error(
        { tenantId, stripeSubscriptionId: said.stripeSubscriptionId },
        "a second live subscription at Stripe",
      );
      return;
    }
    await endFree(tx, tenantId, at);
  }
  if (row) {
    const [after] = await tx
      .update(subscriptions)
      .set(values)
      .where(and(eq(subscriptions.tenantId, tenantId), eq(subscriptions.subscriptionId, row.subscriptionId)))
      .returning();
    if (!after) return;
    if (row.pendingAt && after.pendingAt && after.pendingAt > row.pendingAt)
      log().error({ tenantId, subscriptionId: row.subscriptionId }, "a downgrade was not carried out in time");
    await usageFollows(tx, row, after);
    await withdrawUndelivered(tx, after);
    await oweCredit(tx, row, after);
    await tellChange(tx, events, row, after);
    return keepOneLive(tx, tenantId, after, at);
  }
  if (!bought) {
    log().warn(
      { tenantId, stripeSubscriptionId: said.stripeSubscriptionId },
      "a subscription to a price that is not ours",
    );
    return;
  }
  const [tenant] = await tx.select({ currency: tenants.currency }).from(tenants).where(eq(tenants.tenantId, tenantId));
  if (!tenant) return;
  const [made] = await tx
    .insert(subscriptions)
    .values({
      tenantId,
      subscriptionId: newId<SubscriptionId>(),
      plan: bought.plan.id,
      planVersion: bought.plan.version,
      billingCycle: bought.cycle,
      currency: tenant.currency,
      createdAt: said.createdAt,
      currentPeriodStart: said.periodStart,
      currentPeriodEnd: said.periodEnd,
      usageAnchorAt: said.anchorAt,
      ...values,
    })
    .returning();
  if (!made) return;
  await tellChange(tx, events, null, made);
  await keepOneLive(tx, tenantId, made, at);
}

async function tenantOf(said: SubscriptionSnapshot): Promise<TenantId | null> {
  const [row] = await systemDb()
    .select({ tenantId: tenants.tenantId })
    .from(tenants)
    .where(eq(tenants.stripeCustomerId, said.stripeCustomerId));
  return row?.tenantId ?? null;
}

/**
 * Makes our row equal to what Stripe said.
 * @param at when Stripe was asked: an older answer changes nothing
 * @returns the tenant, or null for a customer that is not ours
 */
export async function applySubscription(said: SubscriptionSnapshot, at: Date): Promise<TenantId | null> {
  const tenantId = await tenantOf(said);
  if (!tenantId) return null;
  const bought = await planOfPrice(said.priceId);
  const events: AppEvent[] = [];
  await systemDb().transaction((tx) => write(tx, events, tenantId, said, bought, at));
  await send(events);
  if (ENDED.includes(said.status)) await clearAfterEnd(tenantId);
  return tenantId;
}

/** Asks Stripe what a subscription is now, and makes our row equal. @throws Stripe's errors */
export async function syncSubscription(stripeSubscriptionId: string): Promise<TenantId | null> {
  const at = now();
  return applySubscription(await fetchSubscription(stripeSubscriptionId), at);
}
