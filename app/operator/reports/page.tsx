import { ChartNoAxesCombined, Download } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PageHeader } from "@/components/layout/page-header";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { requireOperator } from "@/lib/auth/gate";
import { operatorReport } from "@/lib/reports/operator-report";
import { CurrencyChoice } from "./_components/currency-choice";
import { ForecastCard } from "./_components/forecast-card";
import { MonthsCard } from "./_components/months-card";
import { StandCards } from "./_components/stand-cards";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("operatorReports"))("title"),
});

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function OperatorReportsPage({ searchParams }: Props) {
  await requireOperator();
  const [t, reports, { currency }] = await Promise.all([
    getTranslations("operatorReports"),
    operatorReport(),
    searchParams,
  ]);
  // Most of the business first; what is in another currency is never added to it.
  const most = reports.toSorted((a, b) => b.today.paidSubscriptions - a.today.paidSubscriptions)[0];
  const chosen = reports.find((one) => one.currency === currency) ?? most;
  return (
    <>
      <PageHeader
        title={t("title")}
        hint={t("hint")}
        action={
          <>
            {chosen && reports.length > 1 ? (
              <CurrencyChoice currencies={reports.map((one) => one.currency)} chosen={chosen.currency} />
            ) : null}
            <Button asChild>
              <a href="/operator/reports/csv" download>
                <Download aria-hidden />
                {t("csv")}
              </a>
            </Button>
          </>
        }
      />
      {chosen ? (
        <div className="flex flex-col gap-5">
          <StandCards report={chosen} />
          <MonthsCard report={chosen} />
          <ForecastCard report={chosen} />
        </div>
      ) : (
        <Card>
          <EmptyState icon={ChartNoAxesCombined} title={t("empty")} />
        </Card>
      )}
    </>
  );
}
