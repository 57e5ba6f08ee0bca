"use client";

import { useTranslations } from "next-intl";
import { controlStyle } from "@/components/ui/control-style";
import { Field } from "@/components/ui/field";
import { SaveBar } from "../../_components/save-bar";
import { useSavedForm } from "../../_components/use-saved-form";
import { saveBrandingAction } from "../actions";

type Props = { initial: { colour: string; footer: string }; canEdit: boolean };

/** Colour and footer of documents. */
export function LookForm({ initial, canEdit }: Props) {
  const t = useTranslations("settings.look");
  const { values, set, submit, busy, problem, saved } = useSavedForm(initial, saveBrandingAction);
  return (
    <form onSubmit={submit} className="flex flex-col gap-5">
      <Field label={t("colour")} hint={t("colourHint")}>
        {(wiring) => (
          <input
            type="color"
            disabled={!canEdit}
            className="h-11 w-20 cursor-pointer rounded-lg border border-line-strong bg-surface p-1 disabled:cursor-not-allowed"
            value={values.colour}
            onChange={(event) => set({ colour: event.target.value })}
            {...wiring}
          />
        )}
      </Field>
      <Field label={t("footer")} hint={t("footerHint")}>
        {(wiring) => (
          <textarea
            rows={3}
            maxLength={500}
            disabled={!canEdit}
            className={`${controlStyle} px-3 py-2 text-base sm:text-[0.9375rem]`}
            value={values.footer}
            onChange={(event) => set({ footer: event.target.value })}
            {...wiring}
          />
        )}
      </Field>
      {canEdit ? <SaveBar busy={busy} problem={problem} saved={saved} /> : null}
    </form>
  );
}
