import Link from "next/link";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import { type ReactNode, Suspense } from "react";
import { methodName } from "@/components/payment-methods/method-name";
import { SubscriptionBadge } from "@/components/plans/subscription-badge";
import { DateTime } from "@/components/time/date-time";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import type { TenantScope } from "@/lib/auth/scope";
import { formatMoney } from "@/lib/money/amount";
import { add, type Minor, toMinor } from "@/lib/money/minor";
import type { PaymentMethod } from "@/lib/payment-methods/types";
import { planOf, priceOf } from "@/lib/plans/catalogue";
import { PLAN_NAMES } from "@/lib/plans/types";
import type { Withdrawn } from "@/lib/subscriptions/preview-end";
import type { Subscription } from "@/lib/subscriptions/queries";
import { cancelPlanAction, pauseAction } from "../../actions";
import { CancelDialog } from "./cancel-dialog";
import { NextInvoice } from "./next-invoice";
import { PauseDialog } from "./pause-dialog";

type Props = {
  scope: TenantScope;
  live: Subscription;
  method: PaymentMethod | undefined;
  /** What ending it now would take back. */
  withdrawn: Withdrawn;
  timeZone: string;
  readOnly: boolean;
  className?: string;
};

export function CurrentPlan({ scope, live, method, withdrawn, timeZone, readOnly, className }: Props) {
  const t = useTranslations("subscription");
  const locale = useLocale();
  const plan = planOf(live.plan, live.planVersion);
  const isPaid = live.stripeSubscriptionId !== null;
  const money = (minor: Minor) => formatMoney(minor, live.currency, locale);
  const price = money(priceOf(plan, live.billingCycle, live.currency));
  const voided = add(...withdrawn.invoices.map(({ amountMinor }) => amountMinor));
  const facts: [string, ReactNode][] = [
    [
      t(isPaid ? "facts.period" : "facts.usageMonth"),
      isPaid ? (
        <Range key="period" from={live.currentPeriodStart} to={live.currentPeriodEnd} timeZone={timeZone} />
      ) : (
        <DateTime key="period" at={live.currentPeriodEnd} timeZone={timeZone} style="day" />
      ),
    ],
  ];
  if (live.status === "trialing" && live.trialEnd)
    facts.push([t("facts.trialEnd"), <DateTime key="trial" at={live.trialEnd} timeZone={timeZone} />]);
  if (isPaid) {
    facts.push([
      t("facts.nextInvoice"),
      live.pausedAt ? (
        t("paused.noInvoice")
      ) : (
        <Suspense key="next" fallback={<span className="text-ink-faint">{t("reading")}</span>}>
          <NextInvoice scope={scope} live={live} timeZone={timeZone} />
        </Suspense>
      ),
    ]);
    facts.push([t("facts.method"), <PaidBy key="method" method={method} />]);
  }
  if (live.creditMinor > 0) facts.push([t("facts.credit"), money(live.creditMinor)]);
  if (live.discount) facts.push([t("facts.discount"), <Discount key="discount" live={live} timeZone={timeZone} />]);
  return (
    <Card aria-labelledby="plan-title" className={className}>
      <CardHeader id="plan-title" title={t("planTitle")} action={<SubscriptionBadge status={live.status} />} />
      <CardBody className="flex flex-col gap-5">
        <div>
          <p className="font-semibold text-3xl tracking-tight">{PLAN_NAMES[plan.id]}</p>
          <p className="mt-0.5 text-ink-soft tabular-nums">
            {isPaid ? t("price", { price, cycle: live.billingCycle }) : t("freeText")}
          </p>
        </div>
        <dl className="grid gap-x-8 gap-y-4 border-t pt-5 text-sm sm:grid-cols-2">
          {facts.map(([name, value]) => (
            <div key={name}>
              <dt className="text-ink-faint">{name}</dt>
              <dd className="mt-0.5 font-medium">{value}</dd>
            </div>
          ))}
        </dl>
        {isPaid && !live.cancelAt && !readOnly ? (
          <div className="flex flex-wrap gap-2">
            {live.status === "active" && !live.pendingPlan ? (
              <PauseDialog pause={pauseAction} plan={PLAN_NAMES[plan.id]} />
            ) : null}
            <CancelDialog
              cancel={cancelPlanAction}
              plan={PLAN_NAMES[plan.id]}
              periodEnd={live.pausedAt ? null : live.currentPeriodEnd}
              withdrawn={{
                credit: withdrawn.creditMinor > 0 ? money(withdrawn.creditMinor) : null,
                invoice: voided > 0 ? money(voided) : null,
              }}
              timeZone={timeZone}
            />
          </div>
        ) : null}
      </CardBody>
    </Card>
  );
}

function Range({ from, to, timeZone }: { from: Date; to: Date; timeZone: string }) {
  const format = useFormatter();
  return format.dateTimeRange(from, to, { dateStyle: "medium", timeZone });
}

function PaidBy({ method }: { method: PaymentMethod | undefined }) {
  const t = useTranslations("subscription");
  if (method) return methodName(method);
  return (
    <>
      {t("noMethod")} ·{" "}
      <Link href="/payment-methods/add" className="text-keel-deep underline underline-offset-4">
        {t("addMethod")}
      </Link>
    </>
  );
}

function Discount({ live, timeZone }: { live: Subscription; timeZone: string }) {
  const t = useTranslations("subscription");
  const locale = useLocale();
  const format = useFormatter();
  const { discount } = live;
  if (!discount) return null;
  const what =
    discount.percentOff !== null
      ? t("discountPercent", { percent: format.number(Number(discount.percentOff), { maximumFractionDigits: 2 }) })
      : t("discountAmount", { amount: formatMoney(toMinor(discount.amountOffMinor ?? 0), live.currency, locale) });
  const until = discount.endsAt
    ? t("discountUntil", { date: format.dateTime(new Date(discount.endsAt), { dateStyle: "medium", timeZone }) })
    : null;
  return [discount.name ?? discount.promotionCode ?? discount.couponId, what, until].filter(Boolean).join(" · ");
}
