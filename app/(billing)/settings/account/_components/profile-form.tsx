"use client";

import { useTranslations } from "next-intl";
import { SelectField } from "@/components/forms/select-field";
import { TextField } from "@/components/forms/text-field";
import { LOCALE_NAMES, LOCALES } from "@/components/layout/locales";
import { SaveBar } from "../../_components/save-bar";
import { useSavedForm } from "../../_components/use-saved-form";
import { saveProfileAction } from "../actions";

export function ProfileForm({ initial }: { initial: { name: string; locale: string } }) {
  const t = useTranslations("settings.me");
  const { values, set, submit, busy, problem, saved } = useSavedForm(initial, saveProfileAction);
  return (
    <form onSubmit={submit} className="flex flex-col gap-5">
      <div className="grid gap-5 sm:grid-cols-2">
        <TextField
          label={t("name")}
          autoComplete="name"
          required
          maxLength={100}
          value={values.name}
          onChange={(name) => set({ name })}
        />
        <SelectField
          label={t("language")}
          value={values.locale}
          options={LOCALES.map((value) => ({ value, label: LOCALE_NAMES[value] }))}
          onChange={(locale) => set({ locale })}
        />
      </div>
      <SaveBar busy={busy} problem={problem} saved={saved} />
    </form>
  );
}
