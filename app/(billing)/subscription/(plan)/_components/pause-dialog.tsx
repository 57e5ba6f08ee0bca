"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { v4 as newRequestKey } from "uuid";
import type { ActionResult } from "@/components/forms/action-result";
import { ProblemAlert } from "@/components/forms/problem-alert";
import { useAction } from "@/components/forms/use-action";
import { Button } from "@/components/ui/button";
import { Dialog, DialogFooter } from "@/components/ui/dialog";
import { useToast } from "@/components/ui/toast";

type Props = { pause: (requestKey: string) => Promise<ActionResult>; plan: string };

export function PauseDialog({ pause, plan }: Props) {
  const t = useTranslations("subscription.pause");
  const router = useRouter();
  const toast = useToast();
  const { run, busy, problem, clear } = useAction(pause);
  const [open, setOpen] = useState(false);
  const [requestKey, setRequestKey] = useState("");
  const toggle = (next: boolean) => {
    setOpen(next);
    setRequestKey(newRequestKey());
    clear();
  };
  const confirm = async () => {
    const result = await run(requestKey);
    if (!result.ok) {
      if (result.error.code !== "unreachable") setRequestKey(newRequestKey());
      return;
    }
    setOpen(false);
    toast("good", t("done"));
    router.refresh();
  };
  return (
    <Dialog
      open={open}
      onOpenChange={toggle}
      trigger={<Button size="small">{t("open")}</Button>}
      title={t("title", { plan })}
      description={t("text")}
    >
      <ul className="list-disc space-y-1.5 pl-5 text-sm">
        <li>{t("access")}</li>
        <li>{t("unused")}</li>
        <li>{t("balance")}</li>
      </ul>
      <ProblemAlert problem={problem} />
      <DialogFooter>
        <Button onClick={() => setOpen(false)}>{t("keep")}</Button>
        <Button tone="primary" busy={busy} onClick={confirm}>
          {t("confirm")}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
