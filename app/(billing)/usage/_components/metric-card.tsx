import { ChartColumn } from "lucide-react";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Money } from "@/components/money/money";
import { formatUnitPrice } from "@/components/money/unit-price";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Disclosure } from "@/components/ui/disclosure";
import { EmptyState } from "@/components/ui/empty-state";
import { UsageBar } from "@/components/usage/usage-bar";
import type { MetricUsage, UsageView } from "@/lib/usage/queries";
import { DayTable } from "./day-table";
import { everyDay } from "./every-day";
import { UsageChart } from "./usage-chart";

/** One metric in one month: the sums, the days drawn, and the same days as a table. */
export function MetricCard({ usage, view }: { usage: MetricUsage; view: UsageView }) {
  const t = useTranslations("usage");
  const name = useTranslations("metrics")(usage.metric);
  const locale = useLocale();
  const format = useFormatter();
  const { period, timeZone, currency } = view;
  const day = (named: string) =>
    format.dateTime(new Date(`${named}T12:00:00Z`), { dateStyle: "medium", timeZone: "UTC" });
  const most = usage.days.reduce((top, one) => (one.quantity > top.quantity ? one : top), { day: "", quantity: 0 });
  const facts: [string, ReactNode][] = [
    [t("used"), format.number(usage.used)],
    [t("included"), usage.included === null ? t("unlimited") : format.number(usage.included)],
    [t("overage"), format.number(usage.overage)],
    [t("cost"), <Money key="cost" amountMinor={usage.costMinor} currency={currency} />],
  ];
  const titleId = `usage-${usage.metric}`;
  return (
    <Card aria-labelledby={titleId}>
      <CardHeader
        id={titleId}
        title={<span className="inline-block first-letter:uppercase">{name}</span>}
        hint={
          usage.overagePrice
            ? t("price", { price: formatUnitPrice(usage.overagePrice, currency, locale) })
            : usage.included === null
              ? undefined
              : t("capped")
        }
      />
      <CardBody className="flex flex-col gap-5">
        <UsageBar metric={usage.metric} used={usage.used} included={usage.included} />
        <dl className="grid grid-cols-2 gap-4 sm:grid-cols-4">
          {facts.map(([label, value]) => (
            <div key={label}>
              <dt className="text-ink-faint text-sm">{label}</dt>
              <dd className="mt-0.5 font-semibold text-lg tabular-nums">{value}</dd>
            </div>
          ))}
        </dl>
        {usage.days.length === 0 ? (
          <EmptyState icon={ChartColumn} title={t("none")}>
            {t("noneHint")}
          </EmptyState>
        ) : (
          <>
            <figure
              aria-label={t("chartSummary", {
                metric: name,
                total: format.number(usage.used),
                from: format.dateTime(period.start, { dateStyle: "medium", timeZone }),
                to: format.dateTime(period.end, { dateStyle: "medium", timeZone }),
                most: format.number(most.quantity),
                day: day(most.day),
              })}
            >
              <UsageChart days={everyDay(usage.days, period, timeZone)} />
            </figure>
            <Disclosure summary={t("table")}>
              <DayTable days={usage.days} label={t("chart", { metric: name })} />
            </Disclosure>
          </>
        )}
      </CardBody>
    </Card>
  );
}
