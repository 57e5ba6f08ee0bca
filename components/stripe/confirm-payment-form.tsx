"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import type { ActionResult } from "@/components/forms/action-result";
import { ProblemAlert } from "@/components/forms/problem-alert";
import { useAction } from "@/components/forms/use-action";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Card, CardBody } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";
import type { Currency } from "@/lib/money/currency";
import { BlockedNotice } from "./blocked-notice";
import { NewMethodFields } from "./new-method-fields";
import { StripeElements } from "./stripe-elements";
import type { StripeAccess } from "./terms";
import { useStripeScript } from "./use-stripe-script";

type Props = {
  /** What is paid: our id of it, given back to `afterConfirm`. */
  id: string;
  clientSecret: string;
  currency: Currency;
  access: StripeAccess;
  /** The method that the bank asked about; null when it is gone. */
  savedMethod: { id: string; name: string } | null;
  /** Asks Stripe what became of the payment. */
  afterConfirm: (id: string) => Promise<ActionResult<unknown>>;
  /** The way that works without Stripe.js. */
  hosted?: ReactNode;
};

/** Finishes a payment that waits, with the customer present: with the saved method, or with another one. */
export function ConfirmPaymentForm({ id, clientSecret, currency, access, savedMethod, afterConfirm, hosted }: Props) {
  const t = useTranslations("finish");
  const router = useRouter();
  const { stripe, state, onReady, onLoadError, retry } = useStripeScript(access);
  const { run, busy: settling, problem } = useAction(afterConfirm);
  const [way, setWay] = useState<"saved" | "new">(savedMethod ? "saved" : "new");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);

  const settle = async () => {
    await run(id);
    router.refresh();
  };
  const confirm = async () => {
    if (!stripe || !savedMethod) return;
    setBusy(true);
    setError(null);
    try {
      const result = await stripe.confirmPayment({
        clientSecret,
        confirmParams: { payment_method: savedMethod.id, return_url: window.location.href },
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
        {way === "new" || !stripe ? <BlockedNotice state={state} onRetry={retry} hosted={hosted ?? null} /> : null}
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
            {t("confirmWith", { method: savedMethod.name })}
          </Button>
        ) : null}
        {way === "new" && waiting ? <Skeleton className="h-44" /> : null}
        {way === "new" && stripe && state !== "blocked" ? (
          <StripeElements stripe={stripe} clientSecret={clientSecret} currency={currency}>
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
            {way === "saved" ? t("useAnother") : t("useSaved", { method: savedMethod.name })}
          </Button>
        ) : null}
      </CardBody>
    </Card>
  );
}
