import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { stripeAccess } from "@/app/stripe-access";
import { PageHeader } from "@/components/layout/page-header";
import { Card, CardHeader } from "@/components/ui/card";
import { requireScope } from "@/lib/auth/gate";
import { runChecks } from "@/lib/diagnostics/checks";
import { recentLogs } from "@/lib/recent-logs";
import { getTenant } from "@/lib/tenants/queries";
import { ApiCalls } from "./_components/api-calls";
import { BrowserSteps } from "./_components/browser-steps";
import { CheckAgain } from "./_components/check-again";
import { RecentLogs } from "./_components/recent-logs";
import { ServerSteps } from "./_components/server-steps";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("diagnostics"))("title"),
});

const LOG_LINES = 30;

export default async function DiagnosticsPage() {
  const scope = await requireScope();
  const [t, steps, tenant, access] = await Promise.all([
    getTranslations("diagnostics"),
    runChecks(scope),
    getTenant(scope),
    stripeAccess(),
  ]);
  return (
    <>
      <PageHeader title={t("title")} hint={t("hint")} action={<CheckAgain />} />
      <div className="grid items-start gap-5 lg:grid-cols-2">
        <div className="flex min-w-0 flex-col gap-5">
          <Card aria-labelledby="server-title">
            <CardHeader id="server-title" title={t("server")} hint={t("serverHint")} />
            <ServerSteps steps={steps} timeZone={tenant.timeZone} />
          </Card>
          <RecentLogs lines={recentLogs.of(scope.tenantId, LOG_LINES)} timeZone={tenant.timeZone} />
        </div>
        <div className="flex min-w-0 flex-col gap-5">
          <Card aria-labelledby="browser-title">
            <CardHeader id="browser-title" title={t("browser")} hint={t("browserHint")} />
            <BrowserSteps access={access} currency={tenant.currency} />
          </Card>
          <ApiCalls />
        </div>
      </div>
    </>
  );
}
