"use client";

import { useTranslations } from "next-intl";
import type { StripeAccess } from "@/components/stripe/terms";
import type { Currency } from "@/lib/money/currency";
import { StepRow } from "./step-row";
import { useBrowserChecks } from "./use-browser-checks";

/** What only the browser can tell: whether Stripe's script and frame arrive here. */
export function BrowserSteps({ access, currency }: { access: StripeAccess; currency: Currency }) {
  const t = useTranslations("diagnostics.browserSteps");
  const { script, frame, mountPoint } = useBrowserChecks(access, currency);
  return (
    <>
      <ul className="mt-2 divide-y pb-2" aria-live="polite">
        <StepRow
          state="pass"
          title={t("key.title")}
          detail={t("key.pass", { key: `${access.publishableKey.slice(0, 12)}…` })}
        />
        <StepRow
          state={script.state}
          title={t("script.title")}
          detail={t(`script.${script.state}`, { url: access.scriptUrl ?? "js.stripe.com" })}
          error={script.error}
        />
        <StepRow state={frame.state} title={t("frame.title")} detail={t(`frame.${frame.state}`)} error={frame.error} />
      </ul>
      <div ref={mountPoint} aria-hidden inert className="h-0 overflow-hidden opacity-0" />
    </>
  );
}
