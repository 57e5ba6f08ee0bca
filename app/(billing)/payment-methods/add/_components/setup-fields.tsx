"use client";

import { PaymentElement, useElements, useStripe } from "@stripe/react-stripe-js";
import { Lock } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import type { StartSetup } from "./setup-form";

type Props = { isReady: boolean; startSetup: StartSetup; onReady: () => void; onLoadError: () => void };

/** Numbers are typed into Stripe's frame and never reach this page. */
export function SetupFields({ isReady, startSetup, onReady, onLoadError }: Props) {
  const t = useTranslations();
  const router = useRouter();
  const stripe = useStripe();
  const elements = useElements();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);

  const save = async (): Promise<string | null> => {
    if (!stripe || !elements) return t("stripeForm.loading");
    const submitted = await elements.submit();
    if (submitted.error) return submitted.error.message ?? t("stripeForm.failed");
    const setup = await startSetup();
    if (!setup.ok) return t(`errors.${setup.error.code}.title`);
    const returnUrl = new URL("/payment-methods/success", window.location.href).href;
    const result = await stripe.confirmSetup({
      elements,
      clientSecret: setup.value.clientSecret,
      confirmParams: { return_url: returnUrl },
      redirect: "if_required",
    });
    if (result.error) return result.error.message ?? t("stripeForm.failed");
    router.push(`/payment-methods/success?setup_intent=${result.setupIntent.id}`);
    return null;
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    const problem = await save().catch(() => t("errors.unreachable.title"));
    setError(problem);
    // On success the page changes; until then the button stays busy.
    if (problem) setBusy(false);
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
        {t("paymentMethods.add.save")}
      </Button>
      <p className="flex items-start gap-2 text-ink-faint text-sm">
        <Lock aria-hidden className="mt-0.5 size-4 shrink-0" />
        {t("paymentMethods.add.safety")}
      </p>
    </form>
  );
}
