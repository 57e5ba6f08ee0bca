import { HelpCircle } from "lucide-react";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import { reasonParams } from "@/components/recharge/reason-params";
import { DateTime } from "@/components/time/date-time";
import { Badge } from "@/components/ui/badge";
import { Disclosure } from "@/components/ui/disclosure";
import { EmptyState } from "@/components/ui/empty-state";
import type { Currency } from "@/lib/money/currency";
import type { Decision } from "@/lib/recharge/types";

type Props = { decisions: Decision[]; currency: Currency; timeZone: string };

/** Why there was a charge, or why not: one entry for every look at a low balance, in plain words. */
export function DecisionList({ decisions, currency, timeZone }: Props) {
  const t = useTranslations("recharge.why");
  if (decisions.length === 0)
    return (
      <EmptyState icon={HelpCircle} title={t("empty")}>
        {t("emptyHint")}
      </EmptyState>
    );
  return (
    <ol className="divide-y">
      {decisions.map((decision) => (
        <li key={decision.decisionId} className="px-5 py-4 sm:px-6">
          <DecisionEntry decision={decision} currency={currency} timeZone={timeZone} />
        </li>
      ))}
    </ol>
  );
}

const TONES = { charge: "good", skip: "neutral", dry_run: "warn" } as const;

function DecisionEntry({ decision, currency, timeZone }: { decision: Decision; currency: Currency; timeZone: string }) {
  const t = useTranslations("recharge");
  const locale = useLocale();
  const format = useFormatter();
  const params = reasonParams(decision.inputs, currency, locale);
  const inputs = [
    "balance",
    "pending",
    "minimum",
    "target",
    "amount",
    "fee",
    "total",
    "usedDay",
    "usedMonth",
    "limit",
  ] as const;
  const unsettled = decision.attemptState === "succeeded" ? null : decision.attemptState;
  const repeated = decision.repeats > 1 ? t("why.repeats", { count: decision.repeats }) : null;
  return (
    <>
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
        <Badge tone={unsettled ? "warn" : TONES[decision.outcome]}>
          {unsettled ? t(`why.unsettled.${unsettled}`) : t(`why.outcomes.${decision.outcome}`)}
        </Badge>
        <DateTime at={decision.at} timeZone={timeZone} className="text-ink-faint" />
        <span className="text-ink-faint">{t(`triggers.${decision.trigger}`)}</span>
        {repeated ? <span className="text-ink-faint">{repeated}</span> : null}
      </p>
      <p className="mt-1.5">
        {unsettled ? t(`why.results.${unsettled}`, params) : t(`reasons.${decision.reason}`, params)}
        {decision.nextPossibleAt
          ? ` ${t("nextPossible", { date: format.dateTime(decision.nextPossibleAt, { dateStyle: "medium", timeStyle: "short", timeZone }) })}`
          : ""}
      </p>
      <Disclosure summary={t("why.inputs")} className="mt-2">
        <dl className="mt-3 grid gap-x-6 gap-y-1.5 rounded-lg bg-sunken p-4 text-sm sm:grid-cols-2">
          {inputs.map((name) => (
            <div key={name} className="flex justify-between gap-4">
              <dt className="text-ink-faint">{t(`why.names.${name}`)}</dt>
              <dd className="tabular-nums">{params[name]}</dd>
            </div>
          ))}
          <div className="flex justify-between gap-4">
            <dt className="text-ink-faint">{t("why.names.chargesDay")}</dt>
            <dd className="tabular-nums">{decision.inputs.chargesDay}</dd>
          </div>
          <div className="flex justify-between gap-4">
            <dt className="text-ink-faint">{t("why.names.failures")}</dt>
            <dd className="tabular-nums">{decision.inputs.consecutiveFailures}</dd>
          </div>
        </dl>
      </Disclosure>
    </>
  );
}
