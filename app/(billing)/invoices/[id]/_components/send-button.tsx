"use client";

import { Mail } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { v4 as newRequestKey } from "uuid";
import type { ActionResult } from "@/components/forms/action-result";
import { useAction } from "@/components/forms/use-action";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";

/** One press is one mail, also when the answer is lost and it is pressed again. */
export function SendButton({ send }: { send: (requestKey: string) => Promise<ActionResult> }) {
  const t = useTranslations();
  const router = useRouter();
  const toast = useToast();
  const { run, busy } = useAction(send);
  const [requestKey, setRequestKey] = useState(() => newRequestKey());
  const go = async () => {
    const result = await run(requestKey);
    if (result.ok || result.error.code !== "unreachable") setRequestKey(newRequestKey());
    toast(result.ok ? "good" : "bad", result.ok ? t("invoices.actions.sent") : t(`errors.${result.error.code}.title`));
    router.refresh();
  };
  return (
    <Button busy={busy} onClick={go}>
      {busy ? null : <Mail aria-hidden />}
      {t("invoices.actions.send")}
    </Button>
  );
}
