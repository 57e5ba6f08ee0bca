import { ChartColumn } from "lucide-react";
import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { Money } from "@/components/money/money";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Table, Td, Th } from "@/components/ui/table";
import type { UsageCost } from "@/lib/usage/queries";

/** What each metric came to in each month of quotas. */
export function MetricTable({ rows, timeZone }: { rows: UsageCost[]; timeZone: string }) {
  const t = useTranslations("reports");
  const name = useTranslations("metrics");
  const format = useFormatter();
  return (
    <Card aria-labelledby="metrics-title">
      <CardHeader id="metrics-title" title={t("metrics")} hint={t("metricsHint")} className="pb-3" />
      {rows.length === 0 ? (
        <EmptyState
          icon={ChartColumn}
          title={t("noUsage")}
          action={
            <Button asChild>
              <Link href="/usage">{t("toUsage")}</Link>
            </Button>
          }
        >
          {t("noUsageHint")}
        </EmptyState>
      ) : (
        <Table label={t("metrics")}>
          <thead>
            <tr>
              <Th>{t("period")}</Th>
              <Th>{t("metric")}</Th>
              <Th className="text-right">{t("used")}</Th>
              <Th className="text-right">{t("beyond")}</Th>
              <Th className="text-right">{t("cost")}</Th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={`${row.metric} ${row.period.start.getTime()}`}>
                <Td className="whitespace-nowrap">
                  {format.dateTimeRange(row.period.start, row.period.end, { dateStyle: "medium", timeZone })}
                </Td>
                <Td className="whitespace-nowrap first-letter:uppercase">{name(row.metric)}</Td>
                <Td className="text-right tabular-nums">{format.number(row.used)}</Td>
                <Td className="text-right tabular-nums">{format.number(row.overage)}</Td>
                <Td className="text-right">
                  <Money amountMinor={row.costMinor} currency={row.currency} />
                </Td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
    </Card>
  );
}
