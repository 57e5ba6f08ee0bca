"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { v4 as newRequestKey } from "uuid";
import type { ActionResult } from "@/components/forms/action-result";
import { ProblemAlert } from "@/components/forms/problem-alert";
import { TextField } from "@/components/forms/text-field";
import { useAction } from "@/components/forms/use-action";
import { MoneyInput } from "@/components/money/money-input";
import { readTypedAmount } from "@/components/money/typed-amount";
import { Button } from "@/components/ui/button";
import { Dialog, DialogFooter } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { useToast } from "@/components/ui/toast";
import type { Currency } from "@/lib/money/currency";

type Credit = (input: {
  invoiceId: string;
  typed: string;
  reason: string;
  requestKey: string;
}) => Promise<ActionResult>;
type Props = { invoiceId: string; number: string; currency: Currency; credit: Credit };

export function CreditDialog({ invoiceId, number, currency, credit }: Props) {
  const t = useTranslations("invoices.actions");
  const common = useTranslations("common");
  const problems = useTranslations("topUp.problems");
  const router = useRouter();
  const toast = useToast();
  const { run, busy, problem, clear } = useAction(credit);
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState("");
  const [reason, setReason] = useState("");
  const [requestKey, setRequestKey] = useState("");
  const read = readTypedAmount(typed, currency);
  const toggle = (next: boolean) => {
    setOpen(next);
    setRequestKey(newRequestKey());
    clear();
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (read.kind === "problem") return;
    const result = await run({ invoiceId, typed, reason, requestKey });
    if (result.ok) {
      setOpen(false);
      setTyped("");
      toast("good", t("creditDone"));
    } else if (result.error.code !== "unreachable") setRequestKey(newRequestKey());
    router.refresh();
  };
  return (
    <Dialog
      open={open}
      onOpenChange={toggle}
      trigger={<Button>{t("credit")}</Button>}
      title={t("creditTitle", { number })}
      description={t("creditText")}
    >
      <form onSubmit={submit} noValidate className="flex flex-col gap-4">
        <Field
          label={t("creditAmount")}
          hint={t("creditHint")}
          error={read.kind === "problem" ? problems(read.problem) : null}
        >
          {(wiring) => <MoneyInput currency={currency} value={typed} onValue={setTyped} {...wiring} />}
        </Field>
        <TextField label={t("creditReason")} value={reason} onChange={setReason} maxLength={500} />
        <ProblemAlert problem={problem} />
        <DialogFooter>
          <Button onClick={() => toggle(false)}>{common("cancel")}</Button>
          <Button type="submit" tone="danger" busy={busy} disabled={read.kind === "problem"}>
            {t("creditConfirm")}
          </Button>
        </DialogFooter>
      </form>
    </Dialog>
  );
}
