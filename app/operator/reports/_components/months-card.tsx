import { useFormatter, useLocale, useTranslations } from "next-intl";
import { MonthBars } from "@/components/charts/month-bars";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { formatMoney } from "@/lib/money/amount";
import { add, type Minor } from "@/lib/money/minor";
import { startOf } from "@/lib/reports/months";
import type { CurrencyReport, MonthRow } from "@/lib/reports/operator-report";
import { MonthsTable } from "./months-table";

const CHARTS = ["revenue", "mrr", "deferred"] as const;
const MINOR: Record<(typeof CHARTS)[number], (row: MonthRow) => Minor | null> = {
  revenue: (row) => row.revenueMinor,
  mrr: (row) => row.mrrMinor,
  deferred: (row) => row.deferredMinor,
};

/** Twelve months drawn, and all of it as a table. */
export function MonthsCard({ report: { months, currency } }: { report: CurrencyReport }) {
  const t = useTranslations("operatorReports.months");
  const locale = useLocale();
  const format = useFormatter();
  const money = (minor: Minor) => formatMoney(minor, currency, locale);
  const name = (month: string) => format.dateTime(startOf(month), { month: "long", year: "numeric", timeZone: "UTC" });
  return (
    <Card aria-labelledby="months-title">
      <CardHeader id="months-title" title={t("title")} hint={t("hint")} />
      <CardBody className="grid gap-8 lg:grid-cols-3">
        {CHARTS.map((key) => {
          const bars = months.map((row) => ({ at: startOf(row.month).getTime(), minor: MINOR[key](row) ?? 0 }));
          const known = months.flatMap((row) => MINOR[key](row) ?? []);
          const last = months.findLast((row) => MINOR[key](row) !== null);
          return (
            <figure
              key={key}
              aria-label={t(`${key}Summary`, {
                total: money(add(...known)),
                last: last ? money(MINOR[key](last) as Minor) : "–",
                month: name(last?.month ?? months.at(-1)?.month ?? ""),
              })}
            >
              <figcaption className="mb-2 font-medium text-sm">{t(key)}</figcaption>
              <MonthBars months={bars} currency={currency} timeZone="UTC" />
            </figure>
          );
        })}
      </CardBody>
      <MonthsTable months={months} currency={currency} />
    </Card>
  );
}
