import { Receipt } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { Money } from "@/components/money/money";
import { AttemptBadge } from "@/components/recharge/attempt-badge";
import { DateTime } from "@/components/time/date-time";
import { EmptyState } from "@/components/ui/empty-state";
import { Table, Td, Th } from "@/components/ui/table";
import { problemOf } from "@/lib/payment-methods/problems";
import type { Attempt } from "@/lib/recharge/types";

type Props = { attempts: Attempt[]; names: Record<string, string>; timeZone: string };

/** Every charge with its fee as a column of its own. */
export function AttemptList({ attempts, names, timeZone }: Props) {
  const t = useTranslations("recharge.attempts");
  if (attempts.length === 0)
    return (
      <EmptyState icon={Receipt} title={t("empty")}>
        {t("emptyHint")}
      </EmptyState>
    );
  return (
    <Table label={t("label")}>
      <thead>
        <tr>
          <Th>{t("when")}</Th>
          <Th>{t("state")}</Th>
          <Th className="text-right">{t("amount")}</Th>
          <Th className="text-right">{t("fee")}</Th>
          <Th className="text-right">{t("total")}</Th>
          <Th>{t("method")}</Th>
        </tr>
      </thead>
      <tbody>
        {attempts.map((attempt) => (
          <AttemptRow key={attempt.attemptId} attempt={attempt} method={names[attempt.paymentMethodId]} timeZone={timeZone} />
        ))}
      </tbody>
    </Table>
  );
}

function AttemptRow({ attempt, method, timeZone }: { attempt: Attempt; method: string | undefined; timeZone: string }) {
  const t = useTranslations("recharge");
  const problem = useTranslations("notices.problems");
  return (
    <tr>
      <Td className="whitespace-nowrap">
        <DateTime at={attempt.createdAt} timeZone={timeZone} />
        <span className="block text-ink-faint text-xs">{t(`triggers.${attempt.trigger}`)}</span>
      </Td>
      <Td className="min-w-44">
        <AttemptBadge attempt={attempt} />
        {attempt.failure && attempt.state === "failed" ? <span className="mt-1 block text-ink-soft text-xs">{problem(problemOf(attempt.failure))}</span> : null}
        {attempt.state === "requires_action" ? (
          <Link href={`/auto-recharge/finish/${attempt.attemptId}`} className="mt-1 block text-keel-deep text-xs underline underline-offset-4">
            {t("attempts.finish")}
          </Link>
        ) : null}
      </Td>
      <Td className="text-right">
        <Money amountMinor={attempt.amountMinor} currency={attempt.currency} />
      </Td>
      <Td className="text-right">
        <Money amountMinor={attempt.feeMinor} currency={attempt.currency} />
      </Td>
      <Td className="text-right font-medium">
        <Money amountMinor={attempt.totalMinor} currency={attempt.currency} />
      </Td>
      <Td className="whitespace-nowrap">
        {method ?? <span className="text-ink-faint">{t("attempts.removedMethod")}</span>}
        {attempt.isBackup ? <span className="block text-ink-faint text-xs">{t("attempts.backup")}</span> : null}
      </Td>
    </tr>
  );
}
