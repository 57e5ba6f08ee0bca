import { Coins } from "lucide-react";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import { CycleSwitch } from "@/components/plans/cycle-switch";
import { PlanCard } from "@/components/plans/plan-card";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { formatMoney } from "@/lib/money/amount";
import { isSoldIn, offeredPlans, planOf, priceOf } from "@/lib/plans/catalogue";
import { type BillingCycle, PLAN_NAMES, type Plan } from "@/lib/plans/types";
import type { Subscription } from "@/lib/subscriptions/queries";
import { changePlanAction, previewChangeAction } from "../../actions";
import { ChangeDialog } from "./change-dialog";
import { offerOf } from "./offer";

type Props = { live: Subscription; cycle: BillingCycle; trialDays: number; timeZone: string; readOnly: boolean };

/** The plans on sale, each with what it would be for this tenant. */
export function ChangePlan({ live, cycle, trialDays, timeZone, readOnly }: Props) {
  const t = useTranslations();
  const { currency } = live;
  if (!isSoldIn(currency))
    return (
      <Card>
        <EmptyState icon={Coins} title={t("plans.notSold", { currency })}>
          {t("plans.notSoldHint")}
        </EmptyState>
      </Card>
    );
  return (
    <section aria-labelledby="choose-title" className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h2 id="choose-title" className="font-semibold text-lg">
          {t(live.stripeSubscriptionId ? "subscription.choose" : "subscription.chooseFree")}
        </h2>
        <CycleSwitch cycle={cycle} path="/subscription" />
      </div>
      <div className="grid gap-4 sm:grid-cols-2 xl:grid-cols-4">
        {offeredPlans().map((plan) => (
          <Offer
            key={plan.id}
            live={live}
            plan={plan}
            cycle={cycle}
            trialDays={trialDays}
            timeZone={timeZone}
            readOnly={readOnly}
          />
        ))}
      </div>
      <p className="text-ink-faint text-sm">{t("plans.beyondNote")}</p>
    </section>
  );
}

function Offer({ live, plan, cycle, trialDays, timeZone, readOnly }: Props & { plan: Plan }) {
  const t = useTranslations();
  const locale = useLocale();
  const format = useFormatter();
  const { currency } = live;
  const name = PLAN_NAMES[plan.id];
  const offer = offerOf(live, plan, cycle, trialDays);
  const values = { plan: name, days: trialDays };
  const price = formatMoney(priceOf(plan, cycle, currency), currency, locale);
  const isCurrent = planOf(live.plan, live.planVersion).id === plan.id;
  return (
    <PlanCard
      plan={plan}
      cycle={cycle}
      currency={currency}
      isCurrent={isCurrent}
      badge={isCurrent ? <Badge tone="keel">{t("plans.current")}</Badge> : null}
      note={offer === "trial" ? t("plans.trial", { days: trialDays, price }) : null}
      action={
        offer === "planned" && live.pendingAt ? (
          <Button disabled>
            {t("subscription.buttons.planned", {
              date: format.dateTime(live.pendingAt, { dateStyle: "medium", timeZone }),
            })}
          </Button>
        ) : offer === "none" || offer === "planned" ? null : (
          <ChangeDialog
            wish={{ plan: plan.id, cycle }}
            plan={name}
            isNew={live.stripeSubscriptionId === null}
            label={t(`subscription.buttons.${offer}`, values)}
            fullLabel={t(`subscription.buttons.${offer}Full`, values)}
            tone={offer === "downgrade" || offer === "monthly" ? "quiet" : "primary"}
            disabled={readOnly}
            preview={previewChangeAction}
            change={changePlanAction}
            currency={currency}
            timeZone={timeZone}
          />
        )
      }
    />
  );
}
