import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PageHeader } from "@/components/layout/page-header";
import { requireScope } from "@/lib/auth/gate";
import { hasRole } from "@/lib/auth/roles";
import { activeCases } from "@/lib/dunning/cases";
import { listPaymentMethods } from "@/lib/payment-methods/queries";
import { withdrawnBy } from "@/lib/subscriptions/preview-end";
import { listSubscriptions, liveSubscription } from "@/lib/subscriptions/queries";
import { trialOffer } from "@/lib/subscriptions/trial";
import { getTenant } from "@/lib/tenants/queries";
import { ChangePlan } from "./_components/change-plan";
import { CurrentPlan } from "./_components/current-plan";
import { PlanAlerts } from "./_components/plan-alerts";
import { SubscriptionsBefore } from "./_components/subscriptions-before";
import { UsageCard } from "./_components/usage-card";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("subscription"))("title"),
});

const SHOWN = 20;

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function SubscriptionPage({ searchParams }: Props) {
  const scope = await requireScope();
  const [t, query, tenant, { live, withdrawn }, all, methods, cases, trialDays] = await Promise.all([
    getTranslations("subscription"),
    searchParams,
    getTenant(scope),
    liveSubscription(scope).then(async (live) => ({ live, withdrawn: await withdrawnBy(live) })),
    listSubscriptions(scope, { limit: SHOWN, cursor: null }),
    listPaymentMethods(scope),
    activeCases(scope),
    trialOffer(scope.tenantId),
  ]);
  const readOnly = !hasRole(scope, "admin");
  const { timeZone } = tenant;
  const method =
    methods.find((one) => one.paymentMethodId === live.paymentMethodId) ?? methods.find((one) => one.isDefault);
  const asked = query.cycle === "yearly" || query.cycle === "monthly" ? query.cycle : live.billingCycle;
  return (
    <>
      <PageHeader title={t("title")} hint={readOnly ? t("readOnly") : t("hint")} />
      <div className="flex flex-col gap-5">
        <PlanAlerts
          live={live}
          waiting={all.data.find((one) => one.status === "incomplete" && one.endedAt === null)}
          unpaid={cases[0]}
          hasMethod={method !== undefined}
          timeZone={timeZone}
          readOnly={readOnly}
        />
        <div className="grid items-start gap-5 lg:grid-cols-3">
          <CurrentPlan
            scope={scope}
            live={live}
            method={method}
            withdrawn={withdrawn}
            timeZone={timeZone}
            readOnly={readOnly}
            className="lg:col-span-2"
          />
          <UsageCard live={live} />
        </div>
        <ChangePlan live={live} cycle={asked} trialDays={trialDays} timeZone={timeZone} readOnly={readOnly} />
        <SubscriptionsBefore before={all.data.filter((one) => one.endedAt !== null)} timeZone={timeZone} />
      </div>
    </>
  );
}
