import { Compass } from "lucide-react";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { formatMoney } from "@/lib/money/amount";
import type { BalanceOverview, Preview } from "@/lib/recharge/types";

type Props = { verdict: Preview | null; overview: BalanceOverview; timeZone: string };

/** The same decision run as the page is shown: why there is a charge at this moment, or none. */
export function RightNow({ verdict, overview, timeZone }: Props) {
  const t = useTranslations("recharge");
  const locale = useLocale();
  const format = useFormatter();
  const next = verdict?.nextPossibleAt
    ? t("nextPossible", {
        date: format.dateTime(verdict.nextPossibleAt, { dateStyle: "medium", timeStyle: "short", timeZone }),
      })
    : "";
  const sentence = !verdict
    ? t("rightNow.noRule")
    : verdict.wouldCharge
      ? t("rightNow.wouldCharge", { total: formatMoney(verdict.totalMinor, overview.currency, locale) })
      : t("rightNow.noCharge", { reason: t(`reasonsShort.${verdict.reason}`) });
  return (
    <Card className="my-5 flex items-start gap-3 px-5 py-4 sm:px-6" aria-labelledby="right-now-title">
      <Compass aria-hidden className="mt-0.5 size-5 shrink-0 text-keel" />
      <div className="min-w-0">
        <h2 id="right-now-title" className="font-medium">
          {t("rightNow.title")}
        </h2>
        <p className="text-ink-soft text-sm">
          {sentence} {next}
        </p>
      </div>
    </Card>
  );
}
