import { and, asc, eq, gt, isNotNull, isNull, lte, sql } from "drizzle-orm";
import { systemDb } from "@/db/client";
import { notifications, paymentMethods, subscriptions } from "@/db/schema";
import { send } from "@/inngest/client";
import { systemScope } from "@/lib/auth/scope";
import { now } from "@/lib/clock";
import { env } from "@/lib/env";
import type { TenantId } from "@/lib/ids";
import { log } from "@/lib/log";
import type { Minor } from "@/lib/money/minor";
import type { NoticeContent } from "@/lib/notifications/kinds";
import { notify } from "@/lib/notifications/notify";
import { planOf, priceOf } from "@/lib/plans/catalogue";
import type { SubscriptionRow } from "./end";
import { nextInvoiceOf } from "./preview";
import { readSubscription } from "./queries";

const DAY_MS = 86_400_000;

type Reminder = { kind: "trial_ending" | "renewal_coming"; at: Date };

/** What a subscription is to be reminded of at an instant; null: nothing. One that ends, or has not been paid, renews nothing. */
export function reminderOf(row: SubscriptionRow, at: Date): Reminder | null {
  if (!row.stripeSubscriptionId || row.endedAt || row.cancelAt) return null;
  const { REMIND_TRIAL_DAYS, REMIND_MONTHLY_DAYS, REMIND_YEARLY_DAYS } = env();
  const coming = (kind: Reminder["kind"], end: Date, days: number): Reminder | null =>
    at < end && end.getTime() - at.getTime() <= days * DAY_MS ? { kind, at: end } : null;
  if (row.status === "trialing") return row.trialEnd && coming("trial_ending", row.trialEnd, REMIND_TRIAL_DAYS);
  if (row.status !== "active") return null;
  const days = row.billingCycle === "yearly" ? REMIND_YEARLY_DAYS : REMIND_MONTHLY_DAYS;
  return coming("renewal_coming", row.currentPeriodEnd, days);
}

const dedupeKeyOf = (row: SubscriptionRow, { at }: Reminder) => `${row.subscriptionId}:${at.toISOString()}`;

async function wasTold(row: SubscriptionRow, reminder: Reminder): Promise<boolean> {
  const told = await systemDb().$count(
    notifications,
    and(
      eq(notifications.tenantId, row.tenantId),
      eq(notifications.kind, reminder.kind),
      eq(notifications.dedupeKey, dedupeKeyOf(row, reminder)),
    ),
  );
  return told > 0;
}

/** Whether Stripe has something to charge: the subscription's own method, or the customer's default. */
async function hasMethod(row: SubscriptionRow): Promise<boolean> {
  if (row.paymentMethodId) return true;
  const usable = and(
    eq(paymentMethods.tenantId, row.tenantId),
    eq(paymentMethods.isDefault, true),
    isNull(paymentMethods.removedAt),
  );
  return (await systemDb().$count(paymentMethods, usable)) > 0;
}

/** What comes next. A trial that nothing can be charged for has no invoice at Stripe: it would cost the plan's price. */
async function amountOf(row: SubscriptionRow, isPayable: boolean): Promise<Minor | null> {
  if (row.status === "trialing" && !isPayable)
    return priceOf(planOf(row.plan, row.planVersion), row.billingCycle, row.currency);
  return (await nextInvoiceOf(systemScope(row.tenantId), row))?.amountMinor ?? null;
}

/**
 * Tells once of the trial or the period that ends, with what is charged then as Stripe foresees it.
 * @returns whether it was told now
 * @throws AppError stripe_unavailable: nothing is told without the amount, the next look tells it
 */
async function remind(row: SubscriptionRow): Promise<boolean> {
  const reminder = reminderOf(row, now());
  if (!reminder || (await wasTold(row, reminder))) return false;
  const isPayable = await hasMethod(row);
  const amountMinor = await amountOf(row, isPayable);
  if (amountMinor === null) return false;
  const common = { plan: row.pendingPlan ?? row.plan, at: reminder.at.toISOString(), amountMinor };
  const content: NoticeContent =
    reminder.kind === "trial_ending"
      ? { kind: "trial_ending", params: { ...common, hasMethod: isPayable ? 1 : 0 } }
      : { kind: "renewal_coming", params: common };
  const { tenantId } = row;
  const notificationId = await systemDb().transaction((tx) =>
    notify(tx, { tenantId, dedupeKey: dedupeKeyOf(row, reminder), ...content }),
  );
  if (notificationId) await send([{ name: "notification/created", data: { tenantId, notificationId } }]);
  return notificationId !== null;
}

/** Stripe rings three days before a trial ends. @throws AppError stripe_unavailable */
export async function remindOf(tenantId: TenantId, stripeSubscriptionId: string): Promise<void> {
  const [known] = await systemDb()
    .select({ subscriptionId: subscriptions.subscriptionId })
    .from(subscriptions)
    .where(and(eq(subscriptions.tenantId, tenantId), eq(subscriptions.stripeSubscriptionId, stripeSubscriptionId)));
  if (known) await remind(await readSubscription(systemDb(), tenantId, known.subscriptionId));
}

/**
 * Tells of trials about to end and of subscriptions about to renew: once per trial and period, however often it is run. A day on
 * which nobody looked is made up for while there is time.
 * @returns how many were told, and how many could not be told yet
 */
export async function remindAll(limit: number): Promise<{ told: number; failed: number }> {
  const { REMIND_TRIAL_DAYS, REMIND_MONTHLY_DAYS, REMIND_YEARLY_DAYS } = env();
  const at = now();
  const furthest = Math.max(REMIND_TRIAL_DAYS, REMIND_MONTHLY_DAYS, REMIND_YEARLY_DAYS) * DAY_MS;
  const result = { told: 0, failed: 0 };
  let after: SubscriptionRow | undefined;
  do {
    const rows: SubscriptionRow[] = await systemDb()
      .select()
      .from(subscriptions)
      .where(
        and(
          isNull(subscriptions.endedAt),
          isNotNull(subscriptions.stripeSubscriptionId),
          gt(subscriptions.currentPeriodEnd, at),
          lte(subscriptions.currentPeriodEnd, new Date(at.getTime() + furthest)),
          after &&
            sql`(${subscriptions.currentPeriodEnd}, ${subscriptions.subscriptionId}) > (${after.currentPeriodEnd.toISOString()}::timestamptz, ${after.subscriptionId}::uuid)`,
        ),
      )
      .orderBy(asc(subscriptions.currentPeriodEnd), asc(subscriptions.subscriptionId))
      .limit(limit);
    for (const row of rows) {
      const told = await remind(row).catch((error) => {
        log().warn({ err: error, tenantId: row.tenantId, subscriptionId: row.subscriptionId }, "no reminder yet");
        return null;
      });
      if (told === null) result.failed += 1;
      else if (told) result.told += 1;
    }
    after = rows.length === limit ? rows.at(-1) : undefined;
  } while (after);
  return result;
}

/** When the next trial or period comes so near to its end that it is told of; null: none that is known. */
export async function nextReminderAt(): Promise<Date | null> {
  const { REMIND_TRIAL_DAYS, REMIND_MONTHLY_DAYS, REMIND_YEARLY_DAYS } = env();
  const days = sql`case when ${subscriptions.status} = 'trialing' then ${REMIND_TRIAL_DAYS}::int
    when ${subscriptions.billingCycle} = 'yearly' then ${REMIND_YEARLY_DAYS}::int else ${REMIND_MONTHLY_DAYS}::int end`;
  const toldAt = sql`${subscriptions.currentPeriodEnd} - ${days} * interval '24 hours'`;
  const [row] = await systemDb()
    .select({ at: sql<string | null>`min(${toldAt})` })
    .from(subscriptions)
    .where(
      and(
        isNull(subscriptions.endedAt),
        isNull(subscriptions.cancelAt),
        isNotNull(subscriptions.stripeSubscriptionId),
        sql`${toldAt} > ${now().toISOString()}::timestamptz`,
      ),
    );
  return row?.at ? new Date(row.at) : null;
}
