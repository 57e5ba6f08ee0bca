import { useFormatter, useLocale, useTranslations } from "next-intl";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { formatMoney } from "@/lib/money/amount";
import type { Currency } from "@/lib/money/currency";
import type { Minor } from "@/lib/money/minor";
import type { Runway } from "@/lib/recharge/types";

/** How long the balance lasts at this week's pace, and what refilling costs. */
export function RunwayCard({ runway, currency }: { runway: Runway; currency: Currency }) {
  const t = useTranslations("runway");
  const locale = useLocale();
  const format = useFormatter();
  const money = (amount: Minor) => formatMoney(amount, currency, locale);
  const days = runway.daysLeft;
  const count = (value: number) => format.number(value, { maximumFractionDigits: value < 10 ? 1 : 0 });
  return (
    <Card aria-labelledby="runway-title">
      <CardHeader id="runway-title" title={t("title")} />
      <CardBody className="flex flex-col gap-3">
        {days === null ? (
          <p className="text-ink-soft">{t("nothingSpent")}</p>
        ) : (
          <>
            <p className="font-semibold text-3xl tracking-tight tabular-nums">
              {days <= 0 ? t("used") : t("days", { days: count(days), plural: days === 1 ? 1 : 2 })}
            </p>
            <p className="text-ink-soft text-sm">{t("pace", { perDay: money(runway.spendPerDayMinor) })}</p>
          </>
        )}
        {runway.rechargesPerMonth !== null && runway.feesPerMonthMinor !== null ? (
          <p className="border-t pt-3 text-ink-soft text-sm">
            {t("recharges", { count: count(runway.rechargesPerMonth), fees: money(runway.feesPerMonthMinor) })}
          </p>
        ) : null}
        {runway.suggestion ? (
          <p className="rounded-lg bg-keel-wash px-3 py-2 text-sm">
            {t("suggestion", {
              target: money(runway.suggestion.targetMinor),
              count: count(runway.suggestion.rechargesPerMonth),
            })}
          </p>
        ) : null}
      </CardBody>
    </Card>
  );
}
