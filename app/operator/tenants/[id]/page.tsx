import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { AdjustDialog } from "@/app/operator/_components/adjust-dialog";
import { StopButton } from "@/app/operator/_components/stop-button";
import { adjustAction, stopTenantAction } from "@/app/operator/actions";
import { operatorScope } from "@/app/operator/operator-scope";
import { BackLink } from "@/components/layout/back-link";
import { PageHeader } from "@/components/layout/page-header";
import { requireOperator } from "@/lib/auth/gate";
import { getOverview } from "@/lib/balance/queries";
import { activeCases } from "@/lib/dunning/cases";
import { isId, type TenantId } from "@/lib/ids";
import { listInvoices } from "@/lib/invoices/queries";
import { stoppedTenants } from "@/lib/recharge/stopped-tenants";
import { liveSubscription } from "@/lib/subscriptions/queries";
import { listAudit } from "@/lib/tenants/audit";
import { findTenant } from "@/lib/tenants/queries";
import { listTransactions } from "@/lib/transactions/queries";
import { AuditCard } from "./_components/audit-card";
import { DunningCard } from "./_components/dunning-card";
import { InvoicesCard } from "./_components/invoices-card";
import { OpenForm } from "./_components/open-form";
import { StandCard } from "./_components/stand-card";
import { TransactionsCard } from "./_components/transactions-card";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("operatorTenant"))("title"),
});

const SHOWN = { limit: 10, cursor: null };
const AUDIT_SHOWN = 20;

type Props = { params: Promise<{ id: string }> };

export default async function OperatorTenantPage({ params }: Props) {
  const [operator, { id }] = await Promise.all([requireOperator(), params]);
  const tenant = isId(id) ? await findTenant(id as TenantId) : null;
  if (!tenant) notFound();
  const scope = operatorScope(operator, tenant.tenantId);
  const [t, overview, live, transactions, invoices, cases, audit, stopped] = await Promise.all([
    getTranslations("operatorTenant"),
    getOverview(scope),
    liveSubscription(scope),
    listTransactions(scope, {}, SHOWN),
    listInvoices(scope, {}, SHOWN),
    activeCases(scope),
    listAudit(scope, AUDIT_SHOWN),
    stoppedTenants(operator),
  ]);
  const { tenantId, name, currency, timeZone } = tenant;
  return (
    <>
      <BackLink href="/operator">{t("back")}</BackLink>
      <PageHeader
        title={name}
        hint={`${tenant.slug} · ${currency} · ${timeZone}${tenant.stripeCustomerId ? ` · ${tenant.stripeCustomerId}` : ""}`}
        action={
          <>
            <AdjustDialog tenantId={tenantId} name={name} currency={currency} adjust={adjustAction} />
            <StopButton tenantId={tenantId} name={name} stopped={stopped.has(tenantId)} stopTenant={stopTenantAction} />
            <OpenForm tenantId={tenantId} to="/" tone="primary">
              {t("open")}
            </OpenForm>
          </>
        }
      />
      <div className="grid items-start gap-5 lg:grid-cols-2">
        <StandCard overview={overview} live={live} timeZone={timeZone} />
        <DunningCard cases={cases} tenantId={tenantId} timeZone={timeZone} />
        <TransactionsCard rows={transactions.data} tenantId={tenantId} timeZone={timeZone} />
        <InvoicesCard rows={invoices.data} tenantId={tenantId} timeZone={timeZone} />
        <AuditCard rows={audit} timeZone={timeZone} />
      </div>
    </>
  );
}
