import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PageHeader } from "@/components/layout/page-header";
import { requireScope } from "@/lib/auth/gate";
import { now } from "@/lib/clock";
import { env } from "@/lib/env";
import { liveSubscription } from "@/lib/subscriptions/queries";
import { listUsageMonths, usageOf } from "@/lib/usage/queries";
import { MetricCard } from "./_components/metric-card";
import { MonthPicker } from "./_components/month-picker";
import { ReportHint } from "./_components/report-hint";
import { monthKey, monthsToShow } from "./chosen-month";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations("usage"))("title") });

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function UsagePage({ searchParams }: Props) {
  const scope = await requireScope();
  const [t, query, live, used] = await Promise.all([
    getTranslations("usage"),
    searchParams,
    liveSubscription(scope),
    listUsageMonths(scope),
  ]);
  const months = monthsToShow(live, used, now());
  const shown = months.find((month) => monthKey(month) === query.month) ?? months[0];
  const view = await usageOf(scope, shown.subscriptionId, shown.period.start);
  return (
    <>
      <PageHeader
        title={t("title")}
        hint={t("hint")}
        action={<MonthPicker months={months} shown={shown} timeZone={view.timeZone} />}
      />
      <div className="flex flex-col gap-5">
        {view.metrics.map((metric) => (
          <MetricCard key={metric.metric} usage={metric} view={view} />
        ))}
        <ReportHint subscriptionId={live.subscriptionId} baseUrl={env().BILLING_URL} />
      </div>
    </>
  );
}
