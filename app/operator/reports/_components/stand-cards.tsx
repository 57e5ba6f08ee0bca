import { useFormatter, useLocale, useTranslations } from "next-intl";
import { formatMoney } from "@/lib/money/amount";
import type { CurrencyReport } from "@/lib/reports/operator-report";
import { ratesOf } from "@/lib/reports/rates";

/** How things stand now. */
export function StandCards({ report }: { report: CurrencyReport }) {
  const t = useTranslations("operatorReports.stand");
  const locale = useLocale();
  const format = useFormatter();
  const { today, currency, months } = report;
  const money = (minor: typeof today.mrrMinor) => formatMoney(minor, currency, locale);
  const percent = (share: number | null) =>
    share === null ? "–" : format.number(share, { style: "percent", maximumFractionDigits: 1 });
  const month = months.at(-1);
  const rates = month && ratesOf(month);
  const cards = [
    { key: "mrr", value: money(today.mrrMinor), hint: t("mrrHint", { count: today.paidSubscriptions }) },
    { key: "revenue", value: money(month?.revenueMinor ?? today.mrrMinor), hint: t("revenueHint") },
    { key: "deferred", value: money(today.deferredMinor), hint: t("deferredHint", { owed: money(today.owedMinor) }) },
    {
      key: "failure",
      value: percent(rates?.failure ?? null),
      hint: t("failureHint", { recovery: percent(rates?.recovery ?? null) }),
    },
  ] as const;
  return (
    <dl className="grid gap-5 sm:grid-cols-2 xl:grid-cols-4">
      {cards.map(({ key, value, hint }) => (
        <div key={key} className="min-w-0 rounded-2xl border border-line bg-surface px-5 py-5 shadow-depth sm:px-6">
          <dt className="text-ink-faint text-sm">{t(key)}</dt>
          <dd className="mt-1 font-semibold text-2xl tabular-nums tracking-tight" data-testid={`stand-${key}`}>
            {value}
          </dd>
          <dd className="mt-1 text-ink-soft text-sm">{hint}</dd>
        </div>
      ))}
    </dl>
  );
}
