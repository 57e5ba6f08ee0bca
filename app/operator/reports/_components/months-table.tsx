import { useFormatter, useTranslations } from "next-intl";
import { Money } from "@/components/money/money";
import { Table, Td, Th } from "@/components/ui/table";
import type { Currency } from "@/lib/money/currency";
import type { Minor } from "@/lib/money/minor";
import { startOf } from "@/lib/reports/months";
import type { MonthRow } from "@/lib/reports/operator-report";
import { ratesOf } from "@/lib/reports/rates";

const AMOUNTS = ["revenue", "usage", "invoices", "fees", "mrr", "deferred"] as const;
const RATES = ["churn", "failure", "recovery", "refund"] as const;

const amountsOf = (row: MonthRow): Record<(typeof AMOUNTS)[number], Minor | null> => ({
  revenue: row.revenueMinor,
  usage: row.revenue.usage_revenue,
  invoices: row.revenue.invoice_revenue,
  fees: row.revenue.fee_revenue,
  mrr: row.mrrMinor,
  deferred: row.deferredMinor,
});

/** Newest first: the month that runs is what is looked for. */
export function MonthsTable({ months, currency }: { months: MonthRow[]; currency: Currency }) {
  const t = useTranslations("operatorReports.months");
  const format = useFormatter();
  const percent = (share: number | null) =>
    share === null ? "–" : format.number(share, { style: "percent", maximumFractionDigits: 1 });
  return (
    <Table label={t("title")}>
      <thead>
        <tr>
          <Th>{t("month")}</Th>
          {[...AMOUNTS, ...RATES].map((column) => (
            <Th key={column} className="text-right">
              {t(column)}
            </Th>
          ))}
        </tr>
      </thead>
      <tbody>
        {months.toReversed().map((row) => {
          const amounts = amountsOf(row);
          const rates = ratesOf(row);
          return (
            <tr key={row.month}>
              <th scope="row" className="whitespace-nowrap border-b py-3 pr-3 pl-5 text-left font-medium sm:pl-6">
                {format.dateTime(startOf(row.month), { month: "long", year: "numeric", timeZone: "UTC" })}
              </th>
              {AMOUNTS.map((column) => {
                const minor = amounts[column];
                return (
                  <Td key={column} className={column === "revenue" ? "text-right font-medium" : "text-right"}>
                    {minor === null ? "–" : <Money amountMinor={minor} currency={currency} />}
                  </Td>
                );
              })}
              {RATES.map((column) => (
                <Td key={column} className="text-right tabular-nums">
                  {percent(rates[column])}
                </Td>
              ))}
            </tr>
          );
        })}
      </tbody>
    </Table>
  );
}
