"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { v4 as newRequestKey } from "uuid";
import type { ActionResult } from "@/components/forms/action-result";
import { ProblemAlert } from "@/components/forms/problem-alert";
import { useAction } from "@/components/forms/use-action";
import { MoneyInput } from "@/components/money/money-input";
import { typedMinor } from "@/components/money/typed-amount";
import { Button } from "@/components/ui/button";
import { Dialog, DialogFooter } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useToast } from "@/components/ui/toast";
import type { Currency } from "@/lib/money/currency";

export type Adjust = (input: {
  tenantId: string;
  typed: string;
  reason: string;
  requestKey: string;
}) => Promise<ActionResult>;
type Props = { tenantId: string; name: string; currency: Currency; adjust: Adjust };

/** A correction with its reason, posted once per opening of the dialog. */
export function AdjustDialog({ tenantId, name, currency, adjust }: Props) {
  const t = useTranslations("operator.adjust");
  const router = useRouter();
  const toast = useToast();
  const { run, busy, problem, clear } = useAction(adjust);
  const [open, setOpen] = useState(false);
  const [tried, setTried] = useState(false);
  const [typed, setTyped] = useState("");
  const [reason, setReason] = useState("");
  const [requestKey, setRequestKey] = useState("");
  const amount = typedMinor(typed, currency, { signed: true });
  const change = (next: boolean) => {
    setOpen(next);
    setTried(false);
    setTyped("");
    setReason("");
    setRequestKey(newRequestKey());
    clear();
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!amount || reason.trim() === "") return;
    const result = await run({ tenantId, typed, reason, requestKey });
    if (!result.ok) return;
    change(false);
    toast("good", t("done", { name }));
    router.refresh();
  };
  const trigger = (
    <Button size="small" aria-label={t("openNamed", { name })}>
      {t("open")}
    </Button>
  );
  return (
    <Dialog open={open} onOpenChange={change} trigger={trigger} title={t("title", { name })} description={t("text")}>
      <form onSubmit={submit} noValidate className="flex flex-col gap-4">
        <Field label={t("amount")} hint={t("amountHint")} error={tried && !amount ? t("amountWrong") : null}>
          {(wiring) => <MoneyInput currency={currency} value={typed} onValue={setTyped} {...wiring} />}
        </Field>
        <Field label={t("reason")} error={tried && reason.trim() === "" ? t("reasonRequired") : null}>
          {(wiring) => (
            <Input value={reason} maxLength={200} onChange={(event) => setReason(event.target.value)} {...wiring} />
          )}
        </Field>
        <ProblemAlert problem={problem} />
        <DialogFooter>
          <Button onClick={() => change(false)}>{t("cancel")}</Button>
          <Button type="submit" tone="primary" busy={busy}>
            {t("confirm")}
          </Button>
        </DialogFooter>
      </form>
    </Dialog>
  );
}
