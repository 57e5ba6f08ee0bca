"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { ActionResult } from "@/components/forms/action-result";
import { ProblemAlert } from "@/components/forms/problem-alert";
import { useAction } from "@/components/forms/use-action";
import { BlockedNotice } from "@/components/stripe/blocked-notice";
import { StripeElements } from "@/components/stripe/stripe-elements";
import type { StripeAccess } from "@/components/stripe/terms";
import { useStripeScript } from "@/components/stripe/use-stripe-script";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Card, CardBody } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";
import type { Attempt } from "@/lib/recharge/types";
import { NewMethodFields } from "./new-method-fields";

type Props = {
  attempt: Attempt;
  clientSecret: string;
  access: StripeAccess;
  /** The name of the method that the bank asked about; null when it is gone. */
  savedMethod: string | null;
  afterFinish: (attemptId: string) => Promise<ActionResult<Attempt>>;
};

/** Finishes the same payment with the customer present: with the saved method, or with another one. */
export function FinishForm({ attempt, clientSecret, access, savedMethod, afterFinish }: Props) {
  const t = useTranslations("finish");
  const router = useRouter();
  const { stripe, state, onReady, onLoadError, retry } = useStripeScript(access);
  const { run, busy: settling, problem } = useAction(afterFinish);
  const [way, setWay] = useState<"saved" | "new">(savedMethod ? "saved" : "new");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);

  const settle = async () => {
    await run(attempt.attemptId);
    router.refresh();
  };
  const confirm = async () => {
    if (!stripe) return;
    setBusy(true);
    setError(null);
    try {
      const result = await stripe.confirmPayment({
        clientSecret,
        confirmParams: { payment_method: attempt.paymentMethodId, return_url: window.location.href },
        redirect: "if_required",
      });
      if (result.error) setError(result.error.message ?? t("failed"));
      else await settle();
    } catch {
      setError(t("failed"));
    } finally {
      setBusy(false);
    }
  };
  const waiting = state === "loading" && (way === "new" || !stripe);
  return (
    <Card aria-label={t("confirmTitle")}>
      <CardBody className="flex flex-col gap-5">
        {way === "new" || !stripe ? <BlockedNotice state={state} onRetry={retry} hosted={null} /> : null}
        {error ? <Alert tone="bad" live title={error} /> : null}
        <ProblemAlert problem={problem} />
        {way === "saved" && savedMethod ? (
          <Button
            tone="primary"
            size="large"
            busy={busy || settling || !stripe}
            disabled={state === "blocked"}
            onClick={confirm}
          >
            {t("confirmWith", { method: savedMethod })}
          </Button>
        ) : null}
        {way === "new" && waiting ? <Skeleton className="h-44" /> : null}
        {way === "new" && stripe && state !== "blocked" ? (
          <StripeElements stripe={stripe} clientSecret={clientSecret} currency={attempt.currency}>
            <NewMethodFields isReady={state === "ready"} onReady={onReady} onLoadError={onLoadError} onPaid={settle} />
          </StripeElements>
        ) : null}
        {savedMethod ? (
          <Button
            tone="plain"
            size="small"
            className="self-center"
            onClick={() => setWay(way === "saved" ? "new" : "saved")}
          >
            {way === "saved" ? t("useAnother") : t("useSaved", { method: savedMethod })}
          </Button>
        ) : null}
      </CardBody>
    </Card>
  );
}
