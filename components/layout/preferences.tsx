"use client";

import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useTheme } from "next-themes";
import type { ActionResult } from "@/components/forms/action-result";
import { useAction } from "@/components/forms/use-action";
import { DropdownLabel, DropdownRadio, DropdownRadioGroup } from "@/components/ui/dropdown";
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
      <DropdownLabel>{t("language")}</DropdownLabel>
      <DropdownRadioGroup value={locale} onValueChange={choose}>
        {LOCALES.map((value) => (
          <DropdownRadio key={value} value={value} lang={value}>
            {LOCALE_NAMES[value]}
          </DropdownRadio>
        ))}
      </DropdownRadioGroup>
      <DropdownLabel>{t("theme")}</DropdownLabel>
      <DropdownRadioGroup value={theme ?? "system"} onValueChange={setTheme}>
        {THEMES.map((value) => (
          <DropdownRadio key={value} value={value}>
            {t(`themes.${value}`)}
          </DropdownRadio>
        ))}
      </DropdownRadioGroup>
    </>
  );
}
