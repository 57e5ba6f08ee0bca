"use client";

import { useTranslations } from "next-intl";
import { type Option, SelectField } from "@/components/forms/select-field";
import { TextField } from "@/components/forms/text-field";
import type { AddressValues } from "./organisation-values";

type Props = {
  values: AddressValues;
  countries: readonly Option[];
  disabled: boolean;
  error: string | null;
  onChange: (values: AddressValues) => void;
};

const LINES = [
  ["line1", "address-line1"],
  ["line2", "address-line2"],
  ["postalCode", "postal-code"],
  ["city", "address-level2"],
  ["state", "address-level1"],
] as const;

export function AddressFields({ values, countries, disabled, error, onChange }: Props) {
  const t = useTranslations("settings.details.address");
  return (
    <fieldset className="flex flex-col gap-5">
      <legend className="mb-3 font-semibold text-ink">{t("title")}</legend>
      {error ? (
        <p role="alert" className="text-port text-sm">
          {error}
        </p>
      ) : null}
      <div className="grid gap-5 sm:grid-cols-2">
        {LINES.map(([part, autoComplete]) => (
          <TextField
            key={part}
            label={t(part)}
            autoComplete={autoComplete}
            maxLength={200}
            disabled={disabled}
            value={values[part]}
            onChange={(value) => onChange({ ...values, [part]: value })}
          />
        ))}
        <SelectField
          label={t("country")}
          autoComplete="country"
          disabled={disabled}
          value={values.country}
          options={[{ value: "", label: t("noCountry") }, ...countries]}
          onChange={(country) => onChange({ ...values, country })}
        />
      </div>
    </fieldset>
  );
}
