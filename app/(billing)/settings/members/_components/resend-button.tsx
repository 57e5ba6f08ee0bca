"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useAction } from "@/components/forms/use-action";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";
import { resendInvitationAction } from "../actions";

export function ResendButton({ invitationId, email }: { invitationId: string; email: string }) {
  const t = useTranslations();
  const router = useRouter();
  const toast = useToast();
  const { run, busy } = useAction(resendInvitationAction);
  const send = async () => {
    const result = await run(invitationId);
    if (result.ok) toast("good", t("settings.people.invited", { email }));
    else toast("bad", t(`errors.${result.error.code}.title`));
    router.refresh();
  };
  return (
    <Button size="small" busy={busy} onClick={send} aria-label={t("settings.people.resendTo", { email })}>
      {t("settings.people.resend")}
    </Button>
  );
}
