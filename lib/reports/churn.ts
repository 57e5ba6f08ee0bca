import { systemSql } from "@/db/client";
import { type Currency, toCurrency } from "@/lib/money/currency";
import type { Month } from "./months";

/** Paid subscriptions of a month: how many there were at its beginning, and how many of these ended in it. */
export type Churn = { month: Month; currency: Currency; atStart: number; begun: number; lost: number };

type Row = { month: string; currency: string; at_start: string; begun: string; lost: string };

/** By month (UTC) and currency. What was tried and never paid was no customer's. @param from the first month's first instant */
export async function readChurn(from: Date, to: Date): Promise<Churn[]> {
  const rows = await systemSql()<Row[]>`
    select to_char(m at time zone 'UTC', 'YYYY-MM') as month, s.currency,
      count(*) filter (where s.created_at < m and (s.ended_at is null or s.ended_at >= m)) as at_start,
      count(*) filter (where s.created_at >= m and s.created_at < m + interval '1 month') as begun,
      count(*) filter (where s.created_at < m and s.ended_at >= m and s.ended_at < m + interval '1 month') as lost
    from generate_series(${from.toISOString()}::timestamptz, ${to.toISOString()}::timestamptz - interval '1 day', interval '1 month') m
    cross join subscriptions s
    where s.stripe_subscription_id is not null and s.status not in ('incomplete', 'incomplete_expired')
      and not coalesce(s.ended_at <= s.trial_end, false)
    group by 1, 2 order by 1, 2`;
  return rows.map((row) => ({
    month: row.month,
    currency: toCurrency(row.currency),
    atStart: Number(row.at_start),
    begun: Number(row.begun),
    lost: Number(row.lost),
  }));
}
