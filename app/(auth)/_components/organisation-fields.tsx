"use client";

import { useTranslations } from "next-intl";
import { type Option, SelectField } from "@/components/forms/select-field";
import { TextField } from "@/components/forms/text-field";

export type OrganisationValues = { name: string; currency: string };
type Props = {
  values: OrganisationValues;
  currencies: readonly Option[];
  onChange: (values: OrganisationValues) => void;
};

/** Where the browser is; it can be changed in the settings. */
export const browserTimeZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";

export function OrganisationFields({ values, currencies, onChange }: Props) {
  const t = useTranslations("signUp");
  return (
    <>
      <TextField
        label={t("organisation")}
        hint={t("organisationHint")}
        name="organisation"
        autoComplete="organization"
        required
        maxLength={100}
        value={values.name}
        onChange={(name) => onChange({ ...values, name })}
      />
      <SelectField
        label={t("currency")}
        hint={t("currencyHint")}
        name="currency"
        value={values.currency}
        options={currencies}
        onChange={(currency) => onChange({ ...values, currency })}
      />
    </>
  );
}
