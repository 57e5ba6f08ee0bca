"use client";

import { Check, Copy } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "./button";

/** Copies a text. Where the browser refuses the clipboard, it says so; the text itself is on the page to select. */
export function CopyButton({ text }: { text: string }) {
  const t = useTranslations("common");
  const [state, setState] = useState<"idle" | "done" | "refused">("idle");
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setState("done");
    } catch {
      setState("refused");
    }
  };
  return (
    <Button size="small" onClick={copy} aria-live="polite">
      {state === "done" ? <Check aria-hidden /> : <Copy aria-hidden />}
      {state === "done" ? t("copied") : state === "refused" ? t("copyRefused") : t("copy")}
    </Button>
  );
}
