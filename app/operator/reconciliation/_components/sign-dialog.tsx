"use client";

import { useTranslations } from "next-intl";
import type { ActionResult } from "@/components/forms/action-result";
import { Button } from "@/components/ui/button";
import { NoteDialog } from "./note-dialog";

type Props = { month: string; name: string; signOff: (month: string, note: string) => Promise<ActionResult> };

export function SignDialog({ month, name, signOff }: Props) {
  const t = useTranslations("reconciliation.month");
  return (
    <NoteDialog
      trigger={<Button tone="primary">{t("sign")}</Button>}
      title={t("signTitle", { month: name })}
      text={t("signText")}
      label={t("note")}
      confirm={t("sign")}
      done={t("signedDone", { month: name })}
      required={false}
      act={(note) => signOff(month, note)}
    />
  );
}
