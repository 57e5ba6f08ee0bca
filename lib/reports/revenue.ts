import { systemSql } from "@/db/client";
import { type Currency, toCurrency } from "@/lib/money/currency";
import { type Minor, toMinor } from "@/lib/money/minor";

export const REVENUE_ACCOUNTS = ["usage_revenue", "invoice_revenue", "fee_revenue"] as const;
export type RevenueAccount = (typeof REVENUE_ACCOUNTS)[number];

/** What one account earned on a UTC day; what was given back is taken off on the day it was. */
export type RevenueDay = { day: string; currency: Currency; account: RevenueAccount; minor: Minor };

/** Revenue of each day by account and currency, oldest first. @param from first instant @param to not any more */
export async function readRevenue(from: Date, to: Date): Promise<RevenueDay[]> {
  const rows = await systemSql()<{ day: string; currency: string; account: RevenueAccount; sum: string }[]>`
    select to_char(created_at at time zone 'UTC', 'YYYY-MM-DD') as day, currency, account, sum(amount_minor) as sum
    from ledger_entries
    where created_at >= ${from.toISOString()}::timestamptz and created_at < ${to.toISOString()}::timestamptz
      and account in ('usage_revenue', 'invoice_revenue', 'fee_revenue')
    group by 1, 2, 3 order by 1, 2, 3`;
  return rows.map(({ sum, currency, ...row }) => ({
    ...row,
    currency: toCurrency(currency),
    minor: toMinor(Number(sum)),
  }));
}
