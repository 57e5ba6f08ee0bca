import { ChartLine } from "lucide-react";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { formatMoney } from "@/lib/money/amount";
import type { Minor } from "@/lib/money/minor";
import type { BalanceOverview } from "@/lib/recharge/types";
import { HistoryChart } from "./history-chart";

type Props = {
  points: { at: Date; balanceMinor: Minor }[];
  overview: BalanceOverview;
  days: number;
  timeZone: string;
  className?: string;
};

/** The balance over time. The drawing is loaded after the page; its extremes are said in words for those who cannot see it. */
export function HistoryCard({ points, overview, days, timeZone, className }: Props) {
  const t = useTranslations("history");
  const locale = useLocale();
  const format = useFormatter();
  const { currency, rule } = overview;
  const money = (amount: Minor) => formatMoney(amount, currency, locale);
  const lowest = points.reduce(
    (low, p) => (p.balanceMinor < low.balanceMinor ? p : low),
    points[0] ?? { at: null, balanceMinor: overview.balanceMinor },
  );
  return (
    <Card aria-labelledby="history-title" className={className}>
      <CardHeader id="history-title" title={t("title")} hint={t("days", { days })} />
      {points.length < 2 ? (
        <EmptyState icon={ChartLine} title={t("empty")}>
          {t("emptyHint")}
        </EmptyState>
      ) : (
        <CardBody className="px-2 sm:px-4">
          <figure
            aria-label={t("summary", {
              lowest: money(lowest.balanceMinor),
              date: lowest.at ? format.dateTime(lowest.at, { dateStyle: "medium", timeZone }) : "",
              now: money(overview.balanceMinor),
            })}
          >
            <HistoryChart
              points={points.map((p) => ({ at: p.at.getTime(), balanceMinor: p.balanceMinor }))}
              minMinor={rule.minMinor}
              targetMinor={rule.targetMinor}
              currency={currency}
              timeZone={timeZone}
            />
          </figure>
        </CardBody>
      )}
    </Card>
  );
}
