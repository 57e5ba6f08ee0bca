import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { SubscriptionBadge } from "@/components/plans/subscription-badge";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { UsageBar } from "@/components/usage/usage-bar";
import { planOf } from "@/lib/plans/catalogue";
import { METRICS, PLAN_NAMES } from "@/lib/plans/types";
import type { Subscription } from "@/lib/subscriptions/queries";

type Props = { live: Subscription; timeZone: string };

/** The plan, what comes next of it, and how much of its quotas is used. */
export function PlanCard({ live, timeZone }: Props) {
  const t = useTranslations("dashboard.plan");
  const format = useFormatter();
  const date = (at: Date) => format.dateTime(at, { dateStyle: "medium", timeZone });
  const next = live.cancelAt
    ? t("ends", { date: date(live.cancelAt) })
    : live.pendingPlan && live.pendingAt
      ? t("changes", { plan: PLAN_NAMES[planOf(live.pendingPlan).id], date: date(live.pendingAt) })
      : live.status === "trialing" && live.trialEnd
        ? t("trial", { date: date(live.trialEnd) })
        : live.stripeSubscriptionId
          ? t("renews", { date: date(live.currentPeriodEnd) })
          : t("free");
  return (
    <Card aria-labelledby="plan-title" className="flex flex-col">
      <CardHeader id="plan-title" title={t("title")} action={<SubscriptionBadge status={live.status} />} />
      <CardBody className="flex flex-1 flex-col gap-5">
        <div>
          <p className="font-semibold text-2xl tracking-tight">{PLAN_NAMES[planOf(live.plan, live.planVersion).id]}</p>
          <p className="text-ink-soft text-sm">{next}</p>
        </div>
        <div className="flex flex-col gap-4">
          {METRICS.map((metric) => (
            <UsageBar key={metric} metric={metric} {...live.usage[metric]} />
          ))}
        </div>
        <div className="mt-auto flex flex-wrap gap-2">
          <Button asChild>
            <Link href="/subscription">{t("action")}</Link>
          </Button>
          <Button asChild tone="plain">
            <Link href="/usage">{t("usage")}</Link>
          </Button>
        </div>
      </CardBody>
    </Card>
  );
}
