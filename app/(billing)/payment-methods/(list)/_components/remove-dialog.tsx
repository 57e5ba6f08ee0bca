"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { ActionResult } from "@/components/forms/action-result";
import { ProblemAlert } from "@/components/forms/problem-alert";
import { useAction } from "@/components/forms/use-action";
import { Button } from "@/components/ui/button";
import { Dialog, DialogFooter } from "@/components/ui/dialog";
import { useToast } from "@/components/ui/toast";

export type Remove = (paymentMethodId: string) => Promise<ActionResult<{ ruleUsesDefaultNow: boolean }>>;
type Props = { paymentMethodId: string; name: string; remove: Remove; disabled: boolean };

export function RemoveDialog({ paymentMethodId, name, remove, disabled }: Props) {
  const t = useTranslations("paymentMethods.remove");
  const router = useRouter();
  const toast = useToast();
  const [open, setOpen] = useState(false);
  const { run, busy, problem, clear } = useAction(remove);
  const confirm = async () => {
    const result = await run(paymentMethodId);
    if (!result.ok) return;
    setOpen(false);
    toast("good", t(result.value.ruleUsesDefaultNow ? "doneRuleChanged" : "done", { method: name }));
    router.refresh();
  };
  const change = (next: boolean) => {
    setOpen(next);
    clear();
  };
  const trigger = (
    <Button size="small" tone="dangerQuiet" disabled={disabled}>
      {t("open")}
    </Button>
  );
  return (
    <Dialog
      open={open}
      onOpenChange={change}
      trigger={trigger}
      title={t("title", { method: name })}
      description={t("text")}
    >
      <ProblemAlert problem={problem} />
      <DialogFooter>
        <Button onClick={() => change(false)}>{t("keep")}</Button>
        <Button tone="danger" busy={busy} onClick={confirm}>
          {t("confirm")}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
