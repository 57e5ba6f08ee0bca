"use client";

import { useLocale, useTranslations } from "next-intl";
import { useId } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import type { Currency } from "@/lib/money/currency";
import type { Minor } from "@/lib/money/minor";
import { consentParams } from "./consent-params";
import { type RuleValues, typedLimits } from "./rule-values";

type Props = {
  values: RuleValues;
  minMinor: Minor;
  targetMinor: Minor;
  currency: Currency;
  onConsent: (given: boolean) => void;
  error: string | null;
};

/** Never ticked beforehand: charging without the customer present needs their word for exactly these terms. */
export function ConsentField({ values, minMinor, targetMinor, currency, onConsent, error }: Props) {
  const t = useTranslations("recharge");
  const locale = useLocale();
  const id = useId();
  const text = t(
    "consentText",
    consentParams({ minMinor, targetMinor, limits: typedLimits(values, currency) }, currency, locale),
  );
  return (
    <fieldset className="rounded-xl border border-keel/40 bg-keel-wash p-4">
      <legend className="sr-only">{t("form.consentTitle")}</legend>
      <div className="flex gap-3">
        <Checkbox
          id={id}
          checked={values.consent}
          onChange={(event) => onConsent(event.target.checked)}
          className="mt-1"
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? `${id}-error` : undefined}
        />
        <label htmlFor={id} className="text-sm">
          {text}
        </label>
      </div>
      {error ? (
        <p id={`${id}-error`} role="alert" className="mt-2 text-port text-sm">
          {error}
        </p>
      ) : null}
    </fieldset>
  );
}
