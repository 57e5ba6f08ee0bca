"use client";

import { useTranslations } from "next-intl";
import type { ActionResult, Problem } from "@/components/forms/action-result";
import { type Option, SelectField } from "@/components/forms/select-field";
import { TextField } from "@/components/forms/text-field";
import { LOCALE_NAMES, LOCALES } from "@/components/layout/locales";
import { AddressFields } from "./address-fields";
import type { OrganisationValues } from "./organisation-values";
import { SaveBar } from "./save-bar";
import { useSavedForm } from "./use-saved-form";

type Props = {
  initial: OrganisationValues;
  zones: readonly string[];
  countries: readonly Option[];
  canEdit: boolean;
  save: (values: OrganisationValues) => Promise<ActionResult>;
};

const isAbout = (problem: Problem | null, path: string) =>
  problem?.fields.some((field) => field.path === path) ?? false;

export function OrganisationForm({ initial, zones, countries, canEdit, save }: Props) {
  const t = useTranslations("settings.details");
  const { values, set, submit, busy, problem, saved } = useSavedForm(initial, save);
  const disabled = !canEdit;
  return (
    <form onSubmit={submit} className="flex flex-col gap-5">
      <div className="grid gap-5 sm:grid-cols-2">
        <TextField
          label={t("name")}
          autoComplete="organization"
          required
          maxLength={100}
          disabled={disabled}
          value={values.name}
          onChange={(name) => set({ name })}
        />
        <TextField
          label={t("legalName")}
          hint={t("legalNameHint")}
          maxLength={200}
          disabled={disabled}
          value={values.legalName}
          onChange={(legalName) => set({ legalName })}
        />
        <TextField
          label={t("taxId")}
          hint={t("taxIdHint")}
          error={isAbout(problem, "taxId") ? t("taxIdInvalid") : null}
          maxLength={30}
          disabled={disabled}
          value={values.taxId}
          onChange={(taxId) => set({ taxId })}
        />
        <TextField
          label={t("billingEmail")}
          hint={t("billingEmailHint")}
          type="email"
          autoComplete="email"
          maxLength={200}
          disabled={disabled}
          value={values.billingEmail}
          onChange={(billingEmail) => set({ billingEmail })}
        />
      </div>
      <AddressFields
        values={values.address}
        countries={countries}
        disabled={disabled}
        error={isAbout(problem, "address") ? t("addressInvalid") : null}
        onChange={(address) => set({ address })}
      />
      <div className="grid gap-5 sm:grid-cols-2">
        <SelectField
          label={t("timeZone")}
          hint={t("timeZoneHint")}
          disabled={disabled}
          value={values.timeZone}
          options={zones.map((zone) => ({ value: zone, label: zone.replaceAll("_", " ") }))}
          onChange={(timeZone) => set({ timeZone })}
        />
        <SelectField
          label={t("locale")}
          hint={t("localeHint")}
          disabled={disabled}
          value={values.locale}
          options={LOCALES.map((value) => ({ value, label: LOCALE_NAMES[value] }))}
          onChange={(chosen) => set({ locale: chosen })}
        />
      </div>
      {canEdit ? <SaveBar busy={busy} problem={problem} saved={saved} /> : null}
    </form>
  );
}
