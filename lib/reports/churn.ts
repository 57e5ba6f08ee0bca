import { systemSql } from "@/db/client";
import { type Currency, toCurrency } from "@/lib/money/currency";
import type { Month } from "./months";

/** Paid subscriptions of a month: how many there were at its beginning, and how many of these ended in it. */
export type Churn = { month: Month; currency: Currency; atStart: number; begun: number; lost: number };

type Row = { month: string; currency: string; at_start: string; begun: string; lost: string };

/** By month (UTC) and currency. What is being tried, or was and never paid, is not among them. @param from the first month's first instant */
export async function readChurn(from: Date, to: Date): Promise<Churn[]> {
  const rows = await systemSql()<Row[]>`
    select to_char(month, 'YYYY-MM') as month, s.currency,
      count(*) filter (where s.created_at < m.starts and (s.ended_at is null or s.ended_at >= m.starts)) as at_start,
      count(*) filter (where s.created_at >= m.starts and s.created_at < m.ends) as begun,
      count(*) filter (where s.created_at < m.starts and s.ended_at >= m.starts and s.ended_at < m.ends) as lost
    from generate_series(${from.toISOString()}::timestamptz at time zone 'UTC', ${to.toISOString()}::timestamptz at time zone 'UTC',
      interval '1 month') month
    cross join lateral (select month at time zone 'UTC' as starts, (month + interval '1 month') at time zone 'UTC' as ends) m
    cross join subscriptions s
    where s.stripe_subscription_id is not null and s.status not in ('incomplete', 'incomplete_expired', 'trialing')
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
