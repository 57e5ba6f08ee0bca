"use client";

import { useTranslations } from "next-intl";
import type { Problem } from "@/components/forms/action-result";
import { ProblemAlert } from "@/components/forms/problem-alert";
import { Button } from "@/components/ui/button";

type Props = { busy: boolean; problem: Problem | null; saved: boolean; disabled?: boolean };

/** The end of a form: what went wrong, or that it was saved, and the button. */
export function SaveBar({ busy, problem, saved, disabled }: Props) {
  const t = useTranslations("settings");
  return (
    <div className="flex flex-col gap-4">
      <ProblemAlert problem={problem} />
      <div className="flex flex-wrap items-center justify-end gap-4">
        <p role="status" className="text-ink-soft text-sm">
          {saved && !busy && !problem ? t("saved") : null}
        </p>
        <Button type="submit" tone="primary" busy={busy} disabled={disabled}>
          {t("save")}
        </Button>
      </div>
    </div>
  );
}
