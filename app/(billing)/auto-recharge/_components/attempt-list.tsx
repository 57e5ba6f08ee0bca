import { Receipt } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { Money } from "@/components/money/money";
import { AttemptBadge } from "@/components/recharge/attempt-badge";
import { DateTime } from "@/components/time/date-time";
import { EmptyState } from "@/components/ui/empty-state";
import { problemOf } from "@/lib/payment-methods/problems";
import type { Attempt } from "@/lib/recharge/types";

type Props = { attempts: Attempt[]; names: Record<string, string>; timeZone: string };

/** Every charge, also those that failed, with the fee as a line of its own. */
export function AttemptList({ attempts, names, timeZone }: Props) {
  const t = useTranslations("recharge.attempts");
  if (attempts.length === 0)
    return (
      <EmptyState icon={Receipt} title={t("empty")}>
        {t("emptyHint")}
      </EmptyState>
    );
  return (
    <ol aria-label={t("label")} className="divide-y">
      {attempts.map((attempt) => (
        <li key={attempt.attemptId} className="flex flex-wrap justify-between gap-x-8 gap-y-3 px-5 py-4 sm:px-6">
          <AttemptSummary attempt={attempt} method={names[attempt.paymentMethodId]} timeZone={timeZone} />
          <AttemptAmounts attempt={attempt} />
        </li>
      ))}
    </ol>
  );
}

function AttemptSummary({
  attempt,
  method,
  timeZone,
}: {
  attempt: Attempt;
  method: string | undefined;
  timeZone: string;
}) {
  const t = useTranslations("recharge");
  const problem = useTranslations("notices.problems");
  return (
    <div className="min-w-0 flex-1 basis-64 text-sm">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <AttemptBadge attempt={attempt} />
        <DateTime at={attempt.createdAt} timeZone={timeZone} className="text-ink-faint" />
        <span className="text-ink-faint">{t(`triggers.${attempt.trigger}`)}</span>
      </p>
      <p className="mt-1.5">
        {method ?? <span className="text-ink-faint">{t("attempts.removedMethod")}</span>}
        {attempt.isBackup ? <span className="text-ink-faint"> · {t("attempts.backup")}</span> : null}
      </p>
      {attempt.failure && attempt.state === "failed" ? (
        <p className="text-ink-soft">{problem(problemOf(attempt.failure))}</p>
      ) : null}
      {attempt.state === "requires_action" ? (
        <Link
          href={`/auto-recharge/finish/${attempt.attemptId}`}
          className="text-keel-deep underline underline-offset-4"
        >
          {t("attempts.finish")}
        </Link>
      ) : null}
    </div>
  );
}

function AttemptAmounts({ attempt }: { attempt: Attempt }) {
  const t = useTranslations("recharge.attempts");
  const { currency } = attempt;
  return (
    <dl className="grid w-full grid-cols-[1fr_auto] gap-x-8 gap-y-0.5 text-sm sm:w-56">
      <dt className="text-ink-faint">{t("amount")}</dt>
      <dd className="text-right">
        <Money amountMinor={attempt.amountMinor} currency={currency} />
      </dd>
      <dt className="text-ink-faint">{t("fee")}</dt>
      <dd className="text-right">
        <Money amountMinor={attempt.feeMinor} currency={currency} />
      </dd>
      <dt className="font-medium">{t("total")}</dt>
      <dd className="text-right font-medium">
        <Money amountMinor={attempt.totalMinor} currency={currency} />
      </dd>
    </dl>
  );
}
