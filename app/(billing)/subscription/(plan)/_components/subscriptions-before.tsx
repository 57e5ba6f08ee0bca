import { useFormatter, useTranslations } from "next-intl";
import { SubscriptionBadge } from "@/components/plans/subscription-badge";
import { Card, CardHeader } from "@/components/ui/card";
import { planOf } from "@/lib/plans/catalogue";
import { PLAN_NAMES } from "@/lib/plans/types";
import type { Subscription } from "@/lib/subscriptions/queries";

export function SubscriptionsBefore({ before, timeZone }: { before: Subscription[]; timeZone: string }) {
  const t = useTranslations("subscription");
  const format = useFormatter();
  if (before.length === 0) return null;
  const range = (one: Subscription) =>
    format.dateTimeRange(one.createdAt, one.endedAt ?? one.createdAt, { dateStyle: "medium", timeZone });
  return (
    <Card aria-labelledby="before-title">
      <CardHeader id="before-title" title={t("before")} />
      <ul className="mt-2 divide-y pb-2">
        {before.map((one) => (
          <li
            key={one.subscriptionId}
            className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1 px-5 py-3 text-sm sm:px-6"
          >
            <span className="font-medium">{PLAN_NAMES[planOf(one.plan, one.planVersion).id]}</span>
            <span className="text-ink-faint">{range(one)}</span>
            <SubscriptionBadge status={one.status} />
          </li>
        ))}
      </ul>
    </Card>
  );
}
