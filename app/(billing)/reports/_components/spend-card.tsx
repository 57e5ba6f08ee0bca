import { ChartNoAxesCombined } from "lucide-react";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import { MonthBars } from "@/components/charts/month-bars";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { formatMoney } from "@/lib/money/amount";
import type { Currency } from "@/lib/money/currency";
import { add } from "@/lib/money/minor";
import type { Bucket } from "@/lib/transactions/summary";
import { SpendTable } from "./spend-table";

type Props = { months: Bucket[]; currency: Currency; timeZone: string };

/** Twelve months drawn, and the same as a table. */
export function SpendCard({ months, currency, timeZone }: Props) {
  const t = useTranslations("reports");
  const locale = useLocale();
  const format = useFormatter();
  const money = (minor: Bucket["total"]["amountMinor"]) => formatMoney(minor, currency, locale);
  const name = (at: Date) => format.dateTime(at, { month: "long", year: "numeric", timeZone });
  const [first, ...rest] = months;
  const isEmpty = months.every((month) => month.total.count === 0);
  const most = rest.reduce((top, one) => (top && one.total.netMinor > top.total.netMinor ? one : top), first);
  return (
    <Card aria-labelledby="spend-title">
      <CardHeader id="spend-title" title={t("spend")} hint={t("spendHint")} />
      {isEmpty || !most ? (
        <EmptyState icon={ChartNoAxesCombined} title={t("empty")}>
          {t("emptyHint")}
        </EmptyState>
      ) : (
        <>
          <CardBody>
            <figure
              aria-label={t("chartSummary", {
                total: money(add(...months.map((month) => month.total.netMinor))),
                most: money(most.total.netMinor),
                month: name(most.start),
              })}
            >
              <MonthBars
                months={months.map(({ start, total }) => ({ at: start.getTime(), minor: total.netMinor }))}
                currency={currency}
                timeZone={timeZone}
              />
            </figure>
          </CardBody>
          <SpendTable months={months} currency={currency} timeZone={timeZone} />
        </>
      )}
    </Card>
  );
}
