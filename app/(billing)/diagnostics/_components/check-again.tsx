"use client";

import { RotateCw } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";

/** A whole new load: the browser's checks are part of it. */
export function CheckAgain() {
  const t = useTranslations("diagnostics");
  return (
    <Button onClick={() => window.location.reload()}>
      <RotateCw aria-hidden />
      {t("again")}
    </Button>
  );
}
