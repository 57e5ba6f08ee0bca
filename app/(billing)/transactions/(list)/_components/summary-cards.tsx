import Link from "next/link";
import { useTranslations } from "next-intl";
import { Money } from "@/components/money/money";
import { PeriodName } from "@/components/time/period-name";
import { Card } from "@/components/ui/card";
import type { Currency } from "@/lib/money/currency";
import { ZERO } from "@/lib/money/minor";
import { type Bucket, PERIODS } from "@/lib/transactions/summary";
import type { Asked } from "../../filter";

type Props = { asked: Asked; bucket: Bucket | null; currency: Currency; timeZone: string };

/** What was processed in the last day, week, month, quarter or year with anything in it. */
export function SummaryCards({ asked, bucket, currency, timeZone }: Props) {
  const t = useTranslations("transactions.summary");
  const { period, ...filter } = asked;
  const address = (chosen: string) =>
    `/transactions?${new URLSearchParams({ ...JSON.parse(JSON.stringify(filter)), period: chosen })}`;
  const figures = bucket
    ? [
        { key: "payments" as const, amountMinor: bucket.types.payment?.amountMinor ?? ZERO },
        { key: "refunds" as const, amountMinor: bucket.types.refund?.amountMinor ?? ZERO },
        { key: "fees" as const, amountMinor: bucket.total.feeMinor },
        { key: "net" as const, amountMinor: bucket.total.netMinor },
      ]
    : [];
  return (
    <Card aria-labelledby="summary-title" className="p-5 sm:px-6">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h2 id="summary-title" className="font-semibold">
          {bucket ? <PeriodName start={bucket.start} period={period} timeZone={timeZone} /> : t("title")}
        </h2>
        <nav aria-label={t("period")}>
          <ul className="flex flex-wrap gap-1 text-sm">
            {PERIODS.map((each) => (
              <li key={each}>
                <Link
                  href={address(each)}
                  scroll={false}
                  aria-current={each === period ? "true" : undefined}
                  className="block rounded-lg px-2.5 py-1 text-ink-soft hover:bg-sunken aria-[current=true]:bg-keel-wash aria-[current=true]:font-medium aria-[current=true]:text-keel-deep"
                >
                  {t(`periods.${each}`)}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
      </div>
      {bucket ? (
        <>
          <dl className="mt-4 grid grid-cols-2 gap-4 sm:grid-cols-4">
            {figures.map(({ key, amountMinor }) => (
              <div key={key} className="min-w-0">
                <dt className="text-ink-faint text-sm">{t(key)}</dt>
                <dd className="mt-0.5 font-semibold text-xl tracking-tight">
                  <Money amountMinor={amountMinor} currency={currency} />
                </dd>
              </div>
            ))}
          </dl>
          <p className="mt-3 text-ink-faint text-sm">{t("count", { count: bucket.total.count })}</p>
        </>
      ) : (
        <p className="mt-3 text-ink-soft text-sm">{t("nothing")}</p>
      )}
    </Card>
  );
}
