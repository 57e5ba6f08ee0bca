import { toDecimalString } from "@/lib/money/amount";
import type { CurrencyReport } from "./operator-report";
import { ratesOf } from "./rates";

const HEAD = [
  "month_utc",
  "currency",
  "revenue",
  "usage_revenue",
  "invoice_revenue",
  "fee_revenue",
  "mrr",
  "paid_subscriptions_at_start",
  "paid_subscriptions_begun",
  "paid_subscriptions_lost",
  "churn_rate",
  "payments",
  "payments_failed",
  "failures_recovered",
  "failure_rate",
  "recovery_rate",
  "paid",
  "refunded",
  "refund_rate",
  "disputes_lost",
  "deferred",
];

const rate = (share: number | null): string => (share === null ? "" : share.toFixed(4));

/** The reports as CSV (RFC 4180): a line for each month and currency, money in major units. Holds numbers and codes only. */
export function reportsCsv(reports: Pick<CurrencyReport, "currency" | "months">[]): string {
  const lines = reports.flatMap(({ currency, months }) =>
    months.map((row) => {
      const { churn, collection, revenue } = row;
      const rates = ratesOf(row);
      const money = (minor: typeof row.mrrMinor) => (minor === null ? "" : toDecimalString(minor, currency));
      return [
        row.month,
        currency,
        money(row.revenueMinor),
        money(revenue.usage_revenue),
        money(revenue.invoice_revenue),
        money(revenue.fee_revenue),
        money(row.mrrMinor),
        churn.atStart,
        churn.begun,
        churn.lost,
        rate(rates.churn),
        collection.paid,
        collection.failed,
        collection.recovered,
        rate(rates.failure),
        rate(rates.recovery),
        money(collection.paidMinor),
        money(collection.refundedMinor),
        rate(rates.refund),
        money(collection.disputedMinor),
        money(row.deferredMinor),
      ].join(",");
    }),
  );
  return `${[HEAD.join(","), ...lines].join("\r\n")}\r\n`;
}
