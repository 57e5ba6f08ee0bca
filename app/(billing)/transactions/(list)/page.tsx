import { ArrowLeftRight } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PageHeader } from "@/components/layout/page-header";
import { LoadMore } from "@/components/lists/load-more";
import { TransactionRows } from "@/components/transactions/transaction-rows";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { requireScope } from "@/lib/auth/gate";
import { getTenant } from "@/lib/tenants/queries";
import { listTransactions } from "@/lib/transactions/queries";
import { latestBucket } from "@/lib/transactions/summary";
import { moreTransactionsAction } from "../actions";
import { exportQuery, isFiltered, readAsked, toFilter } from "../filter";
import { ExportMenu } from "./_components/export-menu";
import { FilterForm } from "./_components/filter-form";
import { SummaryCards } from "./_components/summary-cards";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("transactions"))("title"),
});

const PAGE = 25;

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function TransactionsPage({ searchParams }: Props) {
  const [scope, query] = await Promise.all([requireScope(), searchParams]);
  const asked = readAsked(query);
  const [t, tenant] = await Promise.all([getTranslations("transactions"), getTenant(scope)]);
  const { timeZone, currency } = tenant;
  const [page, bucket] = await Promise.all([
    listTransactions(scope, toFilter(asked, timeZone), { limit: PAGE, cursor: null }),
    latestBucket(scope, asked.period, timeZone),
  ]);
  const filtered = isFiltered(asked);
  return (
    <>
      <PageHeader
        title={t("title")}
        hint={t("hint")}
        action={<ExportMenu query={exportQuery(asked, timeZone)} disabled={page.data.length === 0} />}
      />
      <div className="flex flex-col gap-5">
        <SummaryCards asked={asked} bucket={bucket} currency={currency} timeZone={timeZone} />
        <FilterForm asked={asked} />
        <Card aria-label={t("label")}>
          {page.data.length === 0 ? (
            <EmptyState icon={ArrowLeftRight} title={t(filtered ? "emptyFiltered" : "empty")}>
              {t(filtered ? "emptyFilteredHint" : "emptyHint")}
            </EmptyState>
          ) : (
            <LoadMore
              key={JSON.stringify(asked)}
              label={t("label")}
              cursor={page.nextCursor}
              more={moreTransactionsAction.bind(null, asked)}
            >
              <TransactionRows rows={page.data} timeZone={timeZone} />
            </LoadMore>
          )}
        </Card>
      </div>
    </>
  );
}
