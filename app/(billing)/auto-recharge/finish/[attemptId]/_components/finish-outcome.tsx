import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { formatMoney } from "@/lib/money/amount";
import { problemOf } from "@/lib/payment-methods/problems";
import type { Attempt } from "@/lib/recharge/types";

/** The settled state: nothing is left to confirm. */
export function FinishOutcome({ attempt }: { attempt: Attempt }) {
  const t = useTranslations("finish.outcomes");
  const problems = useTranslations("notices.problems");
  const kind = attempt.state === "succeeded" || attempt.state === "failed" ? attempt.state : "underWay";
  const tone = { succeeded: "good", failed: "bad", underWay: "info" } as const;
  const values = { total: formatMoney(attempt.totalMinor, attempt.currency, useLocale()) };
  return (
    <Alert
      tone={tone[kind]}
      live
      title={t(`${kind}.title`, values)}
      action={
        <Button asChild size="small" tone={kind === "failed" ? "primary" : "quiet"}>
          <Link href={kind === "failed" ? "/payment-methods" : "/"}>{t(`${kind}.action`)}</Link>
        </Button>
      }
    >
      {kind === "failed" && attempt.failure ? `${problems(problemOf(attempt.failure))} ` : ""}
      {t(`${kind}.text`, values)}
    </Alert>
  );
}
