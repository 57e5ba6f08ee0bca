"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { ActionResult } from "@/components/forms/action-result";
import { ProblemAlert } from "@/components/forms/problem-alert";
import { useAction } from "@/components/forms/use-action";
import { Button } from "@/components/ui/button";
import { Dialog, DialogFooter } from "@/components/ui/dialog";

type Props = { tokenId: string; name: string; revoke: (tokenId: string) => Promise<ActionResult> };

export function RevokeToken({ tokenId, name, revoke }: Props) {
  const t = useTranslations("settings.tokens");
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const { run, busy, problem } = useAction(revoke);
  const confirm = async () => {
    const result = await run(tokenId);
    if (!result.ok) return;
    setOpen(false);
    router.refresh();
  };
  const trigger = (
    <Button size="small" tone="dangerQuiet" aria-label={t("revokeNamed", { name })}>
      {t("revoke")}
    </Button>
  );
  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      trigger={trigger}
      title={t("revokeTitle", { name })}
      description={t("revokeText")}
    >
      <ProblemAlert problem={problem} />
      <DialogFooter>
        <Button onClick={() => setOpen(false)}>{t("cancel")}</Button>
        <Button tone="danger" busy={busy} onClick={confirm}>
          {t("revoke")}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
