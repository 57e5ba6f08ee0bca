import { systemSql } from "@/db/client";
import { type Currency, toCurrency } from "@/lib/money/currency";
import { type Minor, toMinor } from "@/lib/money/minor";
import type { Month } from "./months";

/** How payments of a month went. */
export type Collection = {
  month: Month;
  currency: Currency;
  /** Payments that succeeded. */
  paid: number;
  paidMinor: Minor;
  /** Payments that failed at first. */
  failed: number;
  /** Of these: made good since. */
  recovered: number;
  refundedMinor: Minor;
  /** Disputes that were lost. */
  disputedMinor: Minor;
};

type Row = Record<
  "month" | "currency" | "paid" | "paid_minor" | "failed" | "recovered" | "refunded" | "disputed",
  string
>;

/**
 * Payments, failures, refunds and disputes by month (UTC) and currency. A failure is a top-up that failed, an invoice that dunning
 * began for, or another invoice's payment that failed; it is recovered by a later top-up of the customer within 14 days, or when the
 * invoice is paid.
 */
export async function readCollection(from: Date, to: Date): Promise<Collection[]> {
  const [start, end] = [from.toISOString(), to.toISOString()];
  const rows = await systemSql()<Row[]>`
    with listed as (
      select x.*, to_char(processed_at at time zone 'UTC', 'YYYY-MM') as month from transactions x
      where processed_at >= ${start}::timestamptz and processed_at < ${end}::timestamptz
    ), failures as (
      select l.month, l.currency, case when l.source_kind = 'recharge'
          then exists (select 1 from transactions y where y.tenant_id = l.tenant_id and y.type = 'payment'
            and y.source_kind = 'recharge' and y.status = 'succeeded' and y.processed_at > l.processed_at
            and y.processed_at < l.processed_at + interval '14 days')
          else exists (select 1 from invoices i
            where i.tenant_id = l.tenant_id and i.invoice_id = l.invoice_id and i.status = 'paid') end as recovered
      from listed l
      where l.type = 'payment' and l.status = 'failed' and not exists (
        select 1 from dunning_cases d where d.tenant_id = l.tenant_id and d.invoice_id = l.invoice_id)
      union all
      select to_char(d.started_at at time zone 'UTC', 'YYYY-MM'), i.currency, d.state = 'recovered'
      from dunning_cases d join invoices i on i.tenant_id = d.tenant_id and i.invoice_id = d.invoice_id
      where d.started_at >= ${start}::timestamptz and d.started_at < ${end}::timestamptz
    ), sums as (
      select month, currency, count(*) filter (where type = 'payment') as paid,
        coalesce(sum(amount_minor) filter (where type = 'payment'), 0) as paid_minor,
        -coalesce(sum(amount_minor) filter (where type = 'refund' and source_kind = 'refund'), 0) as refunded,
        -coalesce(sum(amount_minor) filter (where type = 'refund' and source_kind = 'dispute'), 0) as disputed
      from listed where status = 'succeeded' group by 1, 2
    ), failed as (
      select month, currency, count(*) as failed, count(*) filter (where recovered) as recovered from failures group by 1, 2
    )
    select coalesce(s.month, f.month) as month, coalesce(s.currency, f.currency) as currency, coalesce(paid, 0) as paid,
      coalesce(paid_minor, 0) as paid_minor, coalesce(failed, 0) as failed, coalesce(recovered, 0) as recovered,
      coalesce(refunded, 0) as refunded, coalesce(disputed, 0) as disputed
    from sums s full join failed f on f.month = s.month and f.currency = s.currency order by 1, 2`;
  return rows.map((row) => ({
    month: row.month,
    currency: toCurrency(row.currency),
    paid: Number(row.paid),
    paidMinor: toMinor(Number(row.paid_minor)),
    failed: Number(row.failed),
    recovered: Number(row.recovered),
    refundedMinor: toMinor(Number(row.refunded)),
    disputedMinor: toMinor(Number(row.disputed)),
  }));
}
