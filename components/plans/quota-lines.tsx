import { Check } from "lucide-react";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import { formatUnitPrice } from "@/components/money/unit-price";
import type { Currency } from "@/lib/money/currency";
import { overagePriceOf } from "@/lib/plans/catalogue";
import { METRICS, type Plan } from "@/lib/plans/types";

/** What a plan includes of each metric, and what a unit costs beyond. */
export function QuotaLines({ plan, currency }: { plan: Plan; currency: Currency }) {
  const t = useTranslations("plans");
  const locale = useLocale();
  const format = useFormatter();
  return (
    <ul className="flex flex-col gap-2.5 text-sm">
      {METRICS.map((metric) => {
        const { included } = plan.quotas[metric];
        const beyond = overagePriceOf(plan, metric, currency);
        const name = t(`metricNames.${metric}`);
        return (
          <li key={metric} className="flex gap-2.5">
            <Check aria-hidden className="mt-0.5 size-4 shrink-0 text-keel" />
            <span>
              {included === null
                ? t(`unlimited.${metric}`)
                : t("included", { count: format.number(included), metric: name })}
              {included === null ? null : (
                <span className="block text-ink-faint">
                  {beyond === null
                    ? t("hardCap")
                    : t(`beyond.${metric}`, { price: formatUnitPrice(beyond, currency, locale) })}
                </span>
              )}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
