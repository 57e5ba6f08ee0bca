import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Money } from "@/components/money/money";
import { cn } from "@/components/ui/class-names";
import { formatMoney } from "@/lib/money/amount";
import type { Currency } from "@/lib/money/currency";
import { monthlyShareOf, priceOf } from "@/lib/plans/catalogue";
import { type BillingCycle, PLAN_NAMES, type Plan } from "@/lib/plans/types";
import { QuotaLines } from "./quota-lines";

type Props = {
  plan: Plan;
  cycle: BillingCycle;
  currency: Currency;
  /** The plan that the tenant has. */
  isCurrent?: boolean;
  badge?: ReactNode;
  note?: ReactNode;
  action?: ReactNode;
};

/** A plan with its price, what it includes and what can be done with it. */
export function PlanCard({ plan, cycle, currency, isCurrent = false, badge, note, action }: Props) {
  const t = useTranslations("plans");
  const locale = useLocale();
  const titleId = `plan-${plan.id}`;
  return (
    <article
      aria-labelledby={titleId}
      className={cn(
        "flex min-w-0 flex-col gap-5 rounded-2xl border bg-surface p-5 shadow-depth",
        isCurrent && "border-keel ring-1 ring-keel",
      )}
    >
      <header>
        <div className="flex flex-wrap items-center justify-between gap-2">
          <h3 id={titleId} className="font-semibold text-lg">
            {PLAN_NAMES[plan.id]}
          </h3>
          {badge}
        </div>
        <p className="text-ink-faint text-sm">{t(`taglines.${plan.id}`)}</p>
      </header>
      <div className="sm:min-h-[4.25rem]">
        {plan.prices ? (
          <>
            <p className="flex flex-wrap items-baseline gap-x-1.5">
              <Money
                amountMinor={priceOf(plan, cycle, currency)}
                currency={currency}
                className="font-semibold text-3xl tracking-tight"
              />
              <span className="text-ink-soft text-sm">{t(cycle === "yearly" ? "perYear" : "perMonth")}</span>
            </p>
            {cycle === "yearly" ? (
              <p className="text-ink-faint text-sm">
                {t("yearlyAsMonthly", { price: formatMoney(monthlyShareOf(plan, currency), currency, locale) })}
              </p>
            ) : null}
          </>
        ) : (
          <p className="font-semibold text-2xl leading-9 tracking-tight">{t("free")}</p>
        )}
      </div>
      <QuotaLines plan={plan} currency={currency} />
      {note ? <p className="text-ink-soft text-sm">{note}</p> : null}
      {action ? <div className="mt-auto flex flex-col pt-1">{action}</div> : null}
    </article>
  );
}
