"use client";

import { PaymentElement, useElements, useStripe } from "@stripe/react-stripe-js";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";

type Props = { isReady: boolean; onReady: () => void; onLoadError: () => void; onPaid: () => Promise<void> };

export function NewMethodFields({ isReady, onReady, onLoadError, onPaid }: Props) {
  const t = useTranslations("finish");
  const stripe = useStripe();
  const elements = useElements();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!stripe || !elements) return;
    setBusy(true);
    setError(null);
    try {
      const result = await stripe.confirmPayment({
        elements,
        confirmParams: { return_url: window.location.href },
        redirect: "if_required",
      });
      if (result.error) setError(result.error.message ?? t("failed"));
      else await onPaid();
    } catch {
      setError(t("failed"));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      onSubmit={submit}
      className={cn("flex flex-col gap-5", !isReady && "h-0 overflow-hidden opacity-0")}
      aria-hidden={!isReady}
      inert={!isReady}
    >
      <PaymentElement options={{ layout: "tabs" }} onReady={onReady} onLoadError={onLoadError} />
      {error ? <Alert tone="bad" live title={error} /> : null}
      <Button type="submit" tone="primary" size="large" busy={busy}>
        {t("pay")}
      </Button>
    </form>
  );
}
