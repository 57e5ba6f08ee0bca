import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PageHeader } from "@/components/layout/page-header";
import { Card, CardHeader } from "@/components/ui/card";
import { requireOperator } from "@/lib/auth/gate";
import { getOverview } from "@/lib/balance/queries";
import { getBrakes } from "@/lib/recharge/brakes";
import { stoppedTenants } from "@/lib/recharge/stopped-tenants";
import { listTenantsForOperator } from "@/lib/tenants/queries";
import { BrakesCard } from "./_components/brakes-card";
import { TenantSearch } from "./_components/tenant-search";
import { TenantTable } from "./_components/tenant-table";
import { adjustAction, setBrakeAction, stopTenantAction } from "./actions";
import { operatorScope } from "./operator-scope";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("operator"))("title"),
});

/** Each row reads its tenant's overview; more than these are found by name. */
const SHOWN = 50;

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function OperatorPage({ searchParams }: Props) {
  const operator = await requireOperator();
  const { q } = await searchParams;
  const query = typeof q === "string" ? q.trim().slice(0, 100) : "";
  const [t, brakes, tenants, stopped] = await Promise.all([
    getTranslations("operator"),
    getBrakes(),
    listTenantsForOperator(operator),
    stoppedTenants(operator),
  ]);
  const wanted = query.toLowerCase();
  const found = tenants
    .filter((tenant) => tenant.name.toLowerCase().includes(wanted) || tenant.slug.includes(wanted))
    .slice(0, SHOWN);
  const rows = await Promise.all(
    found.map(async (tenant) => ({
      tenant,
      isStopped: stopped.has(tenant.tenantId),
      overview: await getOverview(operatorScope(operator, tenant.tenantId)),
    })),
  );
  return (
    <>
      <PageHeader title={t("title")} hint={t("hint")} />
      <div className="flex flex-col gap-5">
        <BrakesCard brakes={brakes} setBrake={setBrakeAction} />
        <Card aria-labelledby="tenants-title">
          <CardHeader
            id="tenants-title"
            title={t("tenants")}
            hint={t("shown", { shown: rows.length, all: tenants.length })}
            action={<TenantSearch query={query} />}
          />
          <TenantTable rows={rows} stopTenant={stopTenantAction} adjust={adjustAction} />
        </Card>
      </div>
    </>
  );
}
