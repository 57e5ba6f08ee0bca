"use client";

import { useRouter } from "next/navigation";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { v4 as newRequestKey } from "uuid";
import type { ActionResult } from "@/components/forms/action-result";
import { ProblemAlert } from "@/components/forms/problem-alert";
import { TextField } from "@/components/forms/text-field";
import { useAction } from "@/components/forms/use-action";
import { Button } from "@/components/ui/button";
import { Dialog, DialogFooter } from "@/components/ui/dialog";
import { useToast } from "@/components/ui/toast";

type When = "period_end" | "now";
type Cancel = (input: { when: When; reason: string; requestKey: string }) => Promise<ActionResult>;
type Props = {
  cancel: Cancel;
  plan: string;
  /** Null: it is paused, and can only end now. */
  periodEnd: Date | null;
  /** What an end now takes back, as amounts to show; null: nothing of it. */
  withdrawn: { credit: string | null; invoice: string | null };
  timeZone: string;
};

export function CancelDialog({ cancel, plan, periodEnd, withdrawn, timeZone }: Props) {
  const t = useTranslations("subscription.cancel");
  const format = useFormatter();
  const router = useRouter();
  const toast = useToast();
  const { run, busy, problem, clear } = useAction(cancel);
  const [open, setOpen] = useState(false);
  const [when, setWhen] = useState<When>(periodEnd ? "period_end" : "now");
  const [reason, setReason] = useState("");
  const [requestKey, setRequestKey] = useState("");
  const date = periodEnd ? format.dateTime(periodEnd, { dateStyle: "medium", timeZone }) : "";
  const toggle = (next: boolean) => {
    setOpen(next);
    setRequestKey(newRequestKey());
    clear();
  };
  const confirm = async () => {
    const result = await run({ when, reason, requestKey });
    if (!result.ok) {
      if (result.error.code !== "unreachable") setRequestKey(newRequestKey());
      return;
    }
    setOpen(false);
    toast("good", when === "now" ? t("doneNow") : t("donePeriodEnd", { date }));
    router.refresh();
  };
  const nowHint = [
    t("nowHint"),
    withdrawn.credit === null ? null : t("nowCredit", { amount: withdrawn.credit }),
    withdrawn.invoice === null ? null : t("nowInvoice", { amount: withdrawn.invoice }),
  ];
  const choices = [
    ...(periodEnd ? [{ value: "period_end" as const, label: t("periodEnd", { date }), hint: t("periodEndHint") }] : []),
    { value: "now" as const, label: t("now"), hint: nowHint.filter(Boolean).join(" ") },
  ];
  return (
    <Dialog
      open={open}
      onOpenChange={toggle}
      trigger={
        <Button tone="dangerQuiet" size="small" className="self-start">
          {t("open")}
        </Button>
      }
      title={t("title", { plan })}
      description={t("text")}
    >
      <div className="flex flex-col gap-5">
        <fieldset className="flex flex-col gap-2">
          <legend className="mb-1.5 font-medium text-sm">{t("when")}</legend>
          {choices.map((choice) => (
            <label
              key={choice.value}
              className="flex gap-3 rounded-lg border p-3 text-sm has-[:checked]:border-keel has-[:checked]:bg-keel-wash"
            >
              <input
                type="radio"
                name="when"
                value={choice.value}
                checked={when === choice.value}
                onChange={() => setWhen(choice.value)}
                className="mt-1 size-4 shrink-0 accent-keel"
              />
              <span>
                <span className="block font-medium">{choice.label}</span>
                <span className="block text-ink-soft">{choice.hint}</span>
              </span>
            </label>
          ))}
        </fieldset>
        <TextField label={t("reason")} value={reason} onChange={setReason} maxLength={500} />
        <ProblemAlert problem={problem} />
      </div>
      <DialogFooter>
        <Button onClick={() => setOpen(false)}>{t("keep")}</Button>
        <Button tone="danger" busy={busy} onClick={confirm}>
          {t("confirm")}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
