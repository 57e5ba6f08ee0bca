import Link from "next/link";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { UsageBar } from "@/components/usage/usage-bar";
import { METRICS } from "@/lib/plans/types";
import type { Subscription } from "@/lib/subscriptions/queries";

export function UsageCard({ live }: { live: Subscription }) {
  const t = useTranslations("subscription");
  return (
    <Card aria-labelledby="usage-title">
      <CardHeader id="usage-title" title={t("usageTitle")} />
      <CardBody className="flex flex-col gap-5">
        {METRICS.map((metric) => (
          <UsageBar key={metric} metric={metric} {...live.usage[metric]} />
        ))}
        <Button asChild size="small" className="self-start">
          <Link href="/usage">{t("usageAll")}</Link>
        </Button>
      </CardBody>
    </Card>
  );
}
