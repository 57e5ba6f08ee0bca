"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Alert } from "@/components/ui/alert";
import type { Problem } from "./action-result";

type Props = { problem: Problem | null; action?: ReactNode; className?: string };

/** Why something was refused, in words, announced to screen readers. */
export function ProblemAlert({ problem, action, className }: Props) {
  const t = useTranslations("errors");
  if (!problem) return null;
  return (
    <Alert tone="bad" live title={t(`${problem.code}.title`)} action={action} className={className}>
      {t(`${problem.code}.wayOut`)}
    </Alert>
  );
}
