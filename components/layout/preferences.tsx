"use client";

import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useTheme } from "next-themes";
import type { ActionResult } from "@/components/forms/action-result";
import { useAction } from "@/components/forms/use-action";
import { DropdownChoices } from "@/components/ui/dropdown";
import { LOCALE_NAMES, LOCALES } from "./locales";

export type ChooseLocale = (locale: string) => Promise<ActionResult>;
const THEMES = ["light", "dark", "system"] as const;

/** Language and appearance, as parts of a menu. */
export function PreferenceItems({ chooseLocale }: { chooseLocale: ChooseLocale }) {
  const t = useTranslations("preferences");
  const locale = useLocale();
  const router = useRouter();
  const { theme, setTheme } = useTheme();
  const { run } = useAction(chooseLocale);
  const choose = async (value: string) => {
    if ((await run(value)).ok) router.refresh();
  };
  return (
    <>
      <DropdownChoices
        label={t("language")}
        value={locale}
        choices={LOCALES.map((value) => ({ value, label: LOCALE_NAMES[value], lang: value }))}
        onChoose={choose}
      />
      <DropdownChoices
        label={t("theme")}
        value={theme ?? "system"}
        choices={THEMES.map((value) => ({ value, label: t(`themes.${value}`) }))}
        onChoose={setTheme}
      />
    </>
  );
}
