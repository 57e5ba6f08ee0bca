"use client";

import { useTranslations } from "next-intl";
import type { ActionResult } from "@/components/forms/action-result";
import { Button } from "@/components/ui/button";
import { NoteDialog } from "./note-dialog";

type Props = {
  differenceId: string;
  subjectId: string;
  explain: (differenceId: string, note: string) => Promise<ActionResult>;
};

/** Not every difference is a mistake; somebody says why it is not. */
export function ExplainDialog({ differenceId, subjectId, explain }: Props) {
  const t = useTranslations("reconciliation.explain");
  return (
    <NoteDialog
      trigger={
        <Button size="small" aria-label={t("openNamed", { subject: subjectId })}>
          {t("open")}
        </Button>
      }
      title={t("title")}
      text={t("text")}
      label={t("why")}
      confirm={t("confirm")}
      done={t("done")}
      required
      act={(note) => explain(differenceId, note)}
    />
  );
}
