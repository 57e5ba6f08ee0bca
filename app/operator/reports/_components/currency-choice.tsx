import Link from "next/link";
import { useTranslations } from "next-intl";

/** Each currency is a report of its own. */
export function CurrencyChoice({ currencies, chosen }: { currencies: string[]; chosen: string }) {
  const t = useTranslations("operatorReports");
  return (
    <nav aria-label={t("currency")} className="flex gap-1 rounded-lg border bg-surface p-1">
      {currencies.map((currency) => (
        <Link
          key={currency}
          href={`/operator/reports?currency=${currency}`}
          aria-current={currency === chosen ? "page" : undefined}
          className="rounded-md px-3 py-1.5 font-medium text-ink-soft text-sm hover:bg-sunken aria-[current=page]:bg-keel-wash aria-[current=page]:text-keel-deep"
        >
          {currency}
        </Link>
      ))}
    </nav>
  );
}
