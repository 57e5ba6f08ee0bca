import { systemSql } from "@/db/client";
import type { BillingCycle, SubscriptionDiscount } from "@/db/schema/subscriptions";
import { type Currency, toCurrency } from "@/lib/money/currency";
import { add, type Minor, ZERO } from "@/lib/money/minor";
import { renewalOf } from "./recurring";

type Row = {
  plan: string;
  plan_version: string;
  billing_cycle: BillingCycle;
  currency: string;
  discount: SubscriptionDiscount | null;
  count: string;
};

/** What renews between two instants, by currency: on the plan that holds then, before tax. What is to end does not renew. */
export async function readRenewals(from: Date, to: Date): Promise<Map<Currency, Minor>> {
  const rows = await systemSql()<Row[]>`
    select coalesce(pending_plan, plan) as plan, coalesce(pending_plan_version, plan_version) as plan_version,
      coalesce(pending_billing_cycle, billing_cycle) as billing_cycle, currency, discount, count(*) as count
    from subscriptions
    where ended_at is null and stripe_subscription_id is not null and status in ('active', 'past_due', 'trialing')
      and current_period_end > ${from.toISOString()}::timestamptz and current_period_end <= ${to.toISOString()}::timestamptz
      and (cancel_at is null or cancel_at > current_period_end)
    group by 1, 2, 3, 4, 5`;
  const sums = new Map<Currency, Minor>();
  for (const row of rows) {
    const currency = toCurrency(row.currency);
    const alike = {
      plan: row.plan,
      planVersion: row.plan_version,
      billingCycle: row.billing_cycle,
      currency,
      discount: row.discount,
      count: Number(row.count),
    };
    sums.set(currency, add(sums.get(currency) ?? ZERO, renewalOf(alike, from)));
  }
  return sums;
}
