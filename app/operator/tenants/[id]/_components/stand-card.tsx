import { useFormatter, useTranslations } from "next-intl";
import { Money } from "@/components/money/money";
import { SubscriptionBadge } from "@/components/plans/subscription-badge";
import { StateBadge } from "@/components/recharge/state-badge";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { planOf } from "@/lib/plans/catalogue";
import { PLAN_NAMES } from "@/lib/plans/types";
import type { BalanceOverview } from "@/lib/recharge/types";
import type { Subscription } from "@/lib/subscriptions/queries";

type Props = { overview: BalanceOverview; live: Subscription; timeZone: string };

/** Balance, auto-recharge and plan. */
export function StandCard({ overview, live, timeZone }: Props) {
  const t = useTranslations("operatorTenant.stand");
  const reasons = useTranslations("recharge.reasonsShort");
  const format = useFormatter();
  const end = format.dateTime(live.cancelAt ?? live.currentPeriodEnd, { dateStyle: "medium", timeZone });
  const facts = [
    ["balance", <Money key="balance" amountMinor={overview.balanceMinor} currency={overview.currency} />],
    [
      "autoRecharge",
      <span key="state" className="flex flex-col items-end gap-1">
        <StateBadge state={overview.state} />
        {overview.reason ? <span className="text-ink-faint text-xs">{reasons(overview.reason)}</span> : null}
      </span>,
    ],
    [
      "plan",
      <span key="plan" className="flex flex-wrap items-center justify-end gap-2">
        {PLAN_NAMES[planOf(live.plan, live.planVersion).id]} <SubscriptionBadge status={live.status} />
      </span>,
    ],
    [live.cancelAt ? "ends" : "periodEnds", end],
  ] as const;
  return (
    <Card aria-labelledby="stand-title">
      <CardHeader id="stand-title" title={t("title")} />
      <CardBody>
        <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-3 text-sm">
          {facts.map(([key, value]) => (
            <div key={key} className="contents">
              <dt className="text-ink-soft">{t(key)}</dt>
              <dd className="text-right font-medium">{value}</dd>
            </div>
          ))}
        </dl>
      </CardBody>
    </Card>
  );
}
