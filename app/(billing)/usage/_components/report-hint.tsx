import Link from "next/link";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { ScrollRegion } from "@/components/ui/scroll-region";

/** The call that reports usage, ready to be copied. */
export function ReportHint({ subscriptionId, baseUrl }: { subscriptionId: string; baseUrl: string }) {
  const t = useTranslations("usage.report");
  const call = `curl -X POST ${baseUrl}/api/v1/billing/subscriptions/${subscriptionId}/usage \\
  -H "Authorization: Bearer …" -H "Content-Type: application/json" \\
  -d '{"metric":"messages","quantity":1000,"id":"2026-11-02/worker-7"}'`;
  return (
    <Card aria-labelledby="report-title">
      <CardHeader id="report-title" title={t("title")} />
      <CardBody className="flex flex-col gap-4">
        <p className="max-w-3xl text-ink-soft text-sm">{t("text")}</p>
        <ScrollRegion label={t("title")} className="overflow-x-auto rounded-lg bg-sunken p-4">
          <pre className="font-mono text-xs leading-relaxed">{call}</pre>
        </ScrollRegion>
        <div className="flex flex-wrap gap-2">
          <Button asChild size="small">
            <Link href="/docs/api">{t("docs")}</Link>
          </Button>
          <Button asChild size="small">
            <Link href="/settings/tokens">{t("tokens")}</Link>
          </Button>
        </div>
      </CardBody>
    </Card>
  );
}
