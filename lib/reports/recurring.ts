import { and, inArray, isNotNull, isNull, sql } from "drizzle-orm";
import { systemDb } from "@/db/client";
import { subscriptions } from "@/db/schema";
import type { BillingCycle, SubscriptionDiscount } from "@/db/schema/subscriptions";
import type { Currency } from "@/lib/money/currency";
import { add, type Minor, ZERO } from "@/lib/money/minor";
import { divideHalfUp } from "@/lib/money/rounding";
import { planOf, priceOf } from "@/lib/plans/catalogue";

export type Recurring = { mrrMinor: Minor; paidSubscriptions: number };

/** Subscriptions that are alike, however many. */
export type Alike = {
  plan: string;
  planVersion: string;
  billingCycle: BillingCycle;
  currency: Currency;
  discount: SubscriptionDiscount | null;
  count: number;
};

/** A percentage with up to four decimals → millionths. */
const millionths = (percent: string): bigint => BigInt(Math.round(Number(percent) * 10_000));

/** What some alike subscriptions pay at each renewal, before tax, after what is taken off. */
export function renewalOf(one: Alike, at: Date): Minor {
  const price = BigInt(priceOf(planOf(one.plan, one.planVersion), one.billingCycle, one.currency));
  const count = BigInt(one.count);
  const { discount } = one;
  if (!discount || (discount.endsAt && new Date(discount.endsAt) <= at)) return divideHalfUp(price * count, 1n);
  if (discount.percentOff !== null)
    return divideHalfUp(price * count * (1_000_000n - millionths(discount.percentOff)), 1_000_000n);
  const left = price - BigInt(discount.amountOffMinor ?? 0);
  return divideHalfUp(left > 0n ? left * count : 0n, 1n);
}

/** The same for a month: a year's price in twelfths, rounded half-up over all that are alike. */
export const monthlyOf = (one: Alike, at: Date): Minor =>
  divideHalfUp(BigInt(renewalOf(one, at)), one.billingCycle === "yearly" ? 12n : 1n);

/** Monthly recurring revenue by currency. */
export function recurringOf(alike: Alike[], at: Date): Map<Currency, Recurring> {
  const found = new Map<Currency, Recurring>();
  for (const one of alike) {
    const so = found.get(one.currency) ?? { mrrMinor: ZERO, paidSubscriptions: 0 };
    found.set(one.currency, {
      mrrMinor: add(so.mrrMinor, monthlyOf(one, at)),
      paidSubscriptions: so.paidSubscriptions + one.count,
    });
  }
  return found;
}

/** Paid subscriptions that run, those in arrears too; not the ones being tried, nor paused. */
export async function readRunning(): Promise<Alike[]> {
  const { plan, planVersion, billingCycle, currency, discount } = subscriptions;
  const rows = await systemDb()
    .select({ plan, planVersion, billingCycle, currency, discount, count: sql<string>`count(*)` })
    .from(subscriptions)
    .where(
      and(
        isNull(subscriptions.endedAt),
        isNotNull(subscriptions.stripeSubscriptionId),
        inArray(subscriptions.status, ["active", "past_due"]),
      ),
    )
    .groupBy(plan, planVersion, billingCycle, currency, discount);
  return rows.map((row) => ({ ...row, count: Number(row.count) }));
}
