"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { resendConfirmationAction } from "@/app/(auth)/actions";
import { ProblemAlert } from "@/components/forms/problem-alert";
import { useAction } from "@/components/forms/use-action";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";

/** Asks who signed up to prove the address, until they did. */
export function ConfirmBanner({ email }: { email: string }) {
  const t = useTranslations("confirmBanner");
  const [sent, setSent] = useState(false);
  const { run, busy, problem } = useAction(resendConfirmationAction);
  const send = async () => setSent((await run()).ok);
  return (
    <div className="mb-6 flex flex-col gap-3">
      <Alert
        tone="info"
        title={t("title")}
        action={
          <Button size="small" busy={busy} onClick={send}>
            {t("send")}
          </Button>
        }
      >
        <span role="status">{sent ? t("sent", { email }) : t("text", { email })}</span>
      </Alert>
      <ProblemAlert problem={problem} />
    </div>
  );
}
