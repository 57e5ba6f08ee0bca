import Link from "next/link";
import { useTranslations } from "next-intl";
import { methodName } from "@/components/payment-methods/method-name";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import type { SetupOutcome } from "../setup-outcome";

const TONES = {
  saved: "good",
  verifying: "info",
  failed: "bad",
  returned: "info",
  unknown: "warn",
  unreachable: "warn",
} as const;

export function OutcomeAlert({ outcome }: { outcome: SetupOutcome }) {
  const t = useTranslations("paymentMethods.success.outcomes");
  const problems = useTranslations("notices.problems");
  const method = "method" in outcome && outcome.method ? methodName(outcome.method) : "";
  const again = outcome.kind === "failed" || outcome.kind === "unknown";
  return (
    <Alert
      tone={TONES[outcome.kind]}
      title={t(`${outcome.kind}.title`, { method })}
      action={
        again ? (
          <Button asChild size="small" tone="primary">
            <Link href="/payment-methods/add">{t("tryAgain")}</Link>
          </Button>
        ) : null
      }
    >
      {outcome.kind === "failed" ? `${problems(outcome.problem)} ` : ""}
      {t(`${outcome.kind}.text`, { method })}
    </Alert>
  );
}
