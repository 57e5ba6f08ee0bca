import Link from "next/link";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import { methodName } from "@/components/payment-methods/method-name";
import { AttemptBadge } from "@/components/recharge/attempt-badge";
import { StateBadge } from "@/components/recharge/state-badge";
import { RelativeTime } from "@/components/time/relative-time";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { formatMoney } from "@/lib/money/amount";
import type { Minor } from "@/lib/money/minor";
import type { PaymentMethod } from "@/lib/payment-methods/types";
import type { BalanceOverview } from "@/lib/recharge/types";

type Props = { overview: BalanceOverview; method: PaymentMethod | undefined; timeZone: string };

/** The rule in one sentence, the state it is in, and the last charge with its fee. */
export function RuleCard({ overview, method, timeZone }: Props) {
  const t = useTranslations("recharge");
  const locale = useLocale();
  const format = useFormatter();
  const { rule, lastAttempt, reason, nextPossibleAt } = overview;
  const money = (amount: Minor) => formatMoney(amount, overview.currency, locale);
  const isSet = rule.minMinor !== null && rule.targetMinor !== null;
  const sentence = !rule.enabled
    ? t("sentences.off")
    : isSet
      ? t(method ? "sentences.onWith" : "sentences.on", {
          minimum: money(rule.minMinor as Minor),
          target: money(rule.targetMinor as Minor),
          method: method ? methodName(method) : "",
        })
      : t("sentences.incomplete");
  return (
    <Card aria-labelledby="rule-title" className="flex flex-col">
      <CardHeader id="rule-title" title={t("title")} action={<StateBadge state={overview.state} />} />
      <CardBody className="flex flex-1 flex-col gap-4">
        <p className="text-ink-soft">{sentence}</p>
        {reason ? (
          <p className="rounded-lg bg-sunken px-3 py-2 text-sm">
            {t(`reasonsShort.${reason}`)}
            {nextPossibleAt
              ? ` ${t("nextPossible", { date: format.dateTime(nextPossibleAt, { dateStyle: "medium", timeStyle: "short", timeZone }) })}`
              : ""}
          </p>
        ) : null}
        {lastAttempt ? (
          <div className="border-t pt-4 text-sm">
            <p className="flex flex-wrap items-center justify-between gap-2">
              <span className="text-ink-faint">{t("lastCharge")}</span>
              <AttemptBadge attempt={lastAttempt} />
            </p>
            <p className="mt-1 font-medium tabular-nums">
              {t("chargeLine", { total: money(lastAttempt.totalMinor), fee: money(lastAttempt.feeMinor) })}
            </p>
            <RelativeTime
              at={lastAttempt.completedAt ?? lastAttempt.createdAt}
              timeZone={timeZone}
              className="text-ink-faint"
            />
          </div>
        ) : null}
        <Button asChild className="mt-auto self-start">
          <Link href="/auto-recharge">{t(rule.enabled ? "change" : "setUp")}</Link>
        </Button>
      </CardBody>
    </Card>
  );
}
