"use client";

import { Settings2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Dropdown } from "@/components/ui/dropdown";
import { type ChooseLocale, PreferenceItems } from "./preferences";

/** Language and appearance for those who are not signed in. */
export function PreferenceButton({ chooseLocale }: { chooseLocale: ChooseLocale }) {
  const t = useTranslations("preferences");
  return (
    <Dropdown
      trigger={
        <Button tone="plain" size="icon" aria-label={t("title")}>
          <Settings2 aria-hidden />
        </Button>
      }
    >
      <PreferenceItems chooseLocale={chooseLocale} />
    </Dropdown>
  );
}
