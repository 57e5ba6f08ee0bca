import { subMonths } from "date-fns";
import { Lock } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { PageHeader } from "@/components/layout/page-header";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { requireScope } from "@/lib/auth/gate";
import { hasRole } from "@/lib/auth/roles";
import { now } from "@/lib/clock";
import { getTenant } from "@/lib/tenants/queries";
import { summariseMonths } from "@/lib/transactions/summary";
import { listUsageCosts } from "@/lib/usage/queries";
import { MetricTable } from "./_components/metric-table";
import { SpendCard } from "./_components/spend-card";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations("reports"))("title") });

const MONTHS = 12;

export default async function ReportsPage() {
  const scope = await requireScope();
  const t = await getTranslations("reports");
  if (!hasRole(scope, "admin"))
    return (
      <>
        <PageHeader title={t("title")} />
        <Card>
          <EmptyState icon={Lock} title={t("adminsOnly")} />
        </Card>
      </>
    );
  const [{ tenant, months }, usage] = await Promise.all([
    getTenant(scope).then(async (tenant) => ({
      tenant,
      months: await summariseMonths(scope, MONTHS, tenant.timeZone),
    })),
    listUsageCosts(scope, subMonths(now(), MONTHS)),
  ]);
  return (
    <>
      <PageHeader
        title={t("title")}
        hint={t("hint")}
        action={
          <Button asChild>
            <Link href="/transactions">{t("transactions")}</Link>
          </Button>
        }
      />
      <div className="flex flex-col gap-5">
        <SpendCard months={months} currency={tenant.currency} timeZone={tenant.timeZone} />
        <MetricTable rows={usage} timeZone={tenant.timeZone} />
      </div>
    </>
  );
}
