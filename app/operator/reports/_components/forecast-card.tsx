import { useFormatter, useLocale, useTranslations } from "next-intl";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { formatMoney } from "@/lib/money/amount";
import type { CurrencyReport } from "@/lib/reports/operator-report";

/** What is expected of the next 30 days, and how far earlier expectations were off. */
export function ForecastCard({ report: { today, error, currency } }: { report: CurrencyReport }) {
  const t = useTranslations("operatorReports.forecast");
  const locale = useLocale();
  const format = useFormatter();
  return (
    <Card aria-labelledby="forecast-title">
      <CardHeader id="forecast-title" title={t("title")} hint={t("hint")} />
      <CardBody>
        <p className="font-semibold text-2xl tabular-nums tracking-tight" data-testid="forecast">
          {formatMoney(today.forecastMinor, currency, locale)}
        </p>
        <p className="mt-1 text-ink-soft text-sm">
          {error.share === null
            ? t("noError")
            : t("error", {
                count: error.forecasts,
                share: format.number(error.share, { style: "percent", maximumFractionDigits: 1 }),
              })}
        </p>
      </CardBody>
    </Card>
  );
}
