import { FileText, Plus } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { InvoiceRows } from "@/components/invoices/invoice-rows";
import { PageHeader } from "@/components/layout/page-header";
import { LoadMore } from "@/components/lists/load-more";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { requireScope } from "@/lib/auth/gate";
import { hasRole } from "@/lib/auth/roles";
import { listInvoices } from "@/lib/invoices/queries";
import { getTenant } from "@/lib/tenants/queries";
import { StatusFilter } from "../_components/status-filter";
import { moreInvoicesAction } from "../actions";
import { readStatus, toFilter } from "../status";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("invoices"))("title"),
});

const PAGE = 25;

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function InvoicesPage({ searchParams }: Props) {
  const [scope, query] = await Promise.all([requireScope(), searchParams]);
  const status = readStatus(query.status);
  const [t, tenant, page] = await Promise.all([
    getTranslations("invoices"),
    getTenant(scope),
    listInvoices(scope, toFilter(status), { limit: PAGE, cursor: null }),
  ]);
  return (
    <>
      <PageHeader
        title={t("title")}
        hint={t("hint")}
        action={
          hasRole(scope, "admin") ? (
            <Button asChild tone="primary">
              <Link href="/invoices/new">
                <Plus aria-hidden />
                {t("new")}
              </Link>
            </Button>
          ) : null
        }
      />
      <StatusFilter status={status} />
      <Card aria-label={t("label")}>
        {page.data.length === 0 ? (
          <EmptyState icon={FileText} title={t(status ? "emptyFiltered" : "empty")}>
            {status ? null : t("emptyHint")}
          </EmptyState>
        ) : (
          <LoadMore
            key={status ?? "all"}
            label={t("label")}
            cursor={page.nextCursor}
            more={moreInvoicesAction.bind(null, status ?? null)}
          >
            <InvoiceRows rows={page.data} timeZone={tenant.timeZone} />
          </LoadMore>
        )}
      </Card>
    </>
  );
}
