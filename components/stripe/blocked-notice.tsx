"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import type { FormState } from "./use-stripe-script";

type Props = { state: FormState; onRetry: () => void; hosted: ReactNode };

/** Shown when the form did not come: what it may be, and the hosted way as one button. */
export function BlockedNotice({ state, onRetry, hosted }: Props) {
  const t = useTranslations("stripeForm");
  if (state !== "late" && state !== "blocked") return null;
  return (
    <Alert
      tone="warn"
      live
      title={t(`${state}.title`)}
      action={
        <>
          {hosted}
          {state === "blocked" ? (
            <Button size="small" onClick={onRetry}>
              {t("retry")}
            </Button>
          ) : null}
        </>
      }
    >
      {t(`${state}.text`)}
    </Alert>
  );
}
