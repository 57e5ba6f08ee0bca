"use client";

import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { v4 as newRequestKey } from "uuid";
import type { ActionResult } from "@/components/forms/action-result";
import { useAction } from "@/components/forms/use-action";
import { Button } from "@/components/ui/button";
import { Dialog, DialogFooter } from "@/components/ui/dialog";
import { Spinner } from "@/components/ui/spinner";
import { useToast } from "@/components/ui/toast";
import { formatMoney } from "@/lib/money/amount";
import type { ChangePreview } from "@/lib/subscriptions/preview";
import { ChangeProblem } from "./change-problem";
import { PreviewLines } from "./preview-lines";

type Props = {
  preview: () => Promise<ActionResult<ChangePreview>>;
  resume: (input: { expectedMinor: number; requestKey: string }) => Promise<ActionResult>;
  plan: string;
  timeZone: string;
};

/** Shows what going on costs, and goes on at that price. */
export function ResumeDialog({ preview, resume, plan, timeZone }: Props) {
  const t = useTranslations("subscription");
  const locale = useLocale();
  const router = useRouter();
  const toast = useToast();
  const [open, setOpen] = useState(false);
  const [shown, setShown] = useState<ChangePreview | null>(null);
  const [requestKey, setRequestKey] = useState("");
  const asking = useAction(preview);
  const resuming = useAction(resume);

  const ask = async () => {
    const result = await asking.run();
    if (!result.ok) return;
    setShown(result.value);
    setRequestKey(newRequestKey());
  };
  const toggle = (next: boolean) => {
    setOpen(next);
    if (!next) return;
    setShown(null);
    resuming.clear();
    void ask();
  };
  const confirm = async () => {
    if (!shown) return;
    const result = await resuming.run({ expectedMinor: shown.dueNowMinor, requestKey });
    if (!result.ok) {
      if (result.error.code === "quote_changed") await ask();
      else if (result.error.code !== "unreachable") setRequestKey(newRequestKey());
      return;
    }
    setOpen(false);
    toast("good", t("paused.done"));
    router.refresh();
  };
  const due = shown && shown.dueNowMinor > 0 ? formatMoney(shown.dueNowMinor, shown.currency, locale) : null;
  return (
    <Dialog
      open={open}
      onOpenChange={toggle}
      trigger={
        <Button tone="primary" size="small">
          {t("paused.action")}
        </Button>
      }
      title={t("paused.resumeTitle", { plan })}
      description={t("paused.resumeText")}
    >
      <div className="flex flex-col gap-4" aria-busy={asking.busy}>
        {shown ? (
          <PreviewLines preview={shown} timeZone={timeZone} />
        ) : asking.busy ? (
          <p role="status" className="flex items-center gap-2 py-6 text-ink-soft text-sm">
            <Spinner /> {t("change.reading")}
          </p>
        ) : null}
        <ChangeProblem problem={resuming.problem ?? asking.problem} />
      </div>
      <DialogFooter>
        <Button onClick={() => setOpen(false)}>{t("change.cancel")}</Button>
        {shown ? (
          <Button tone="primary" busy={resuming.busy} disabled={asking.busy} onClick={confirm}>
            {due ? t("paused.confirmPay", { amount: due }) : t("paused.confirm")}
          </Button>
        ) : (
          <Button tone="primary" busy={asking.busy} onClick={ask}>
            {t("change.again")}
          </Button>
        )}
      </DialogFooter>
    </Dialog>
  );
}
