"use client";

import { useTranslations } from "next-intl";
import type { ActionResult } from "@/components/forms/action-result";
import { type OpenPortal, PortalButton } from "@/components/payment-methods/portal-button";
import { BlockedNotice } from "@/components/stripe/blocked-notice";
import { StripeElements } from "@/components/stripe/stripe-elements";
import type { StripeAccess } from "@/components/stripe/terms";
import { useStripeScript } from "@/components/stripe/use-stripe-script";
import { Skeleton } from "@/components/ui/skeleton";
import type { Currency } from "@/lib/money/currency";
import { SetupFields } from "./setup-fields";

export type StartSetup = () => Promise<ActionResult<{ clientSecret: string }>>;
type Props = { access: StripeAccess; currency: Currency; startSetup: StartSetup; openPortal: OpenPortal };

/** The Payment Element, and what to do when it does not come. */
export function SetupForm({ access, currency, startSetup, openPortal }: Props) {
  const t = useTranslations();
  const { stripe, state, onReady, onLoadError, retry } = useStripeScript(access);
  return (
    <div className="flex flex-col gap-5">
      <BlockedNotice
        state={state}
        onRetry={retry}
        hosted={<PortalButton openPortal={openPortal} label={t("stripeForm.hosted")} tone="primary" size="small" />}
      />
      {state === "loading" ? (
        <div role="status">
          <span className="sr-only">{t("stripeForm.loading")}</span>
          <Skeleton className="h-44" />
        </div>
      ) : null}
      {stripe && state !== "blocked" ? (
        <StripeElements stripe={stripe} currency={currency}>
          <SetupFields
            isReady={state === "ready"}
            startSetup={startSetup}
            onReady={onReady}
            onLoadError={onLoadError}
          />
        </StripeElements>
      ) : null}
    </div>
  );
}
