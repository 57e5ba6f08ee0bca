"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { v4 as newRequestKey } from "uuid";
import type { ActionResult } from "@/components/forms/action-result";
import { ProblemAlert } from "@/components/forms/problem-alert";
import { SelectField } from "@/components/forms/select-field";
import { useAction } from "@/components/forms/use-action";
import { Button } from "@/components/ui/button";
import { Dialog, DialogFooter } from "@/components/ui/dialog";
import { useToast } from "@/components/ui/toast";
import type { PaymentRow } from "@/lib/invoices/payment-rows";
import { formatMoney } from "@/lib/money/amount";
import type { Currency } from "@/lib/money/currency";
import type { Minor } from "@/lib/money/minor";

type Pay = (input: {
  invoiceId: string;
  paymentMethodId: string;
  requestKey: string;
}) => Promise<ActionResult<{ state: PaymentRow["state"] }>>;
type Props = {
  invoiceId: string;
  number: string;
  amountMinor: Minor;
  currency: Currency;
  methods: { id: string; name: string; isDefault: boolean }[];
  hostedUrl: string | null;
  pay: Pay;
};

/** Pays by a saved method, or leads to Stripe's page. One opening of the dialog is one request: it cannot charge twice. */
export function PayDialog({ invoiceId, number, amountMinor, currency, methods, hostedUrl, pay }: Props) {
  const t = useTranslations("invoices.actions");
  const locale = useLocale();
  const router = useRouter();
  const toast = useToast();
  const { run, busy, problem, clear } = useAction(pay);
  const [open, setOpen] = useState(false);
  const [chosen, setChosen] = useState("");
  const [requestKey, setRequestKey] = useState("");
  const amount = formatMoney(amountMinor, currency, locale);
  const toggle = (next: boolean) => {
    setOpen(next);
    setRequestKey(newRequestKey());
    clear();
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const result = await run({ invoiceId, paymentMethodId: chosen, requestKey });
    if (result.ok && result.value.state === "requires_action") return router.push(`/invoices/${invoiceId}/confirm`);
    if (result.ok) {
      setOpen(false);
      toast("good", result.value.state === "succeeded" ? t("paid", { number }) : t("underWay"));
    }
    // A refusal is an answer too: the next press is a new request.
    else if (result.error.code !== "unreachable") setRequestKey(newRequestKey());
    router.refresh();
  };
  const otherWay = hostedUrl ? (
    <Button asChild>
      <a href={hostedUrl}>{t("payLink")}</a>
    </Button>
  ) : null;
  return (
    <Dialog
      open={open}
      onOpenChange={toggle}
      trigger={<Button tone="primary">{t("pay")}</Button>}
      title={t("payTitle", { number })}
      description={t("payText", { amount })}
    >
      <form onSubmit={submit} className="flex flex-col gap-4">
        {methods.length > 0 ? (
          <SelectField
            label={t("method")}
            value={chosen}
            onChange={setChosen}
            options={[
              { value: "", label: t("default") },
              ...methods.map((method) => ({ value: method.id, label: method.name })),
            ]}
          />
        ) : null}
        <ProblemAlert
          problem={problem}
          action={
            problem?.code === "payment_method_declined" || problem?.code === "no_payment_method" ? (
              <Button asChild size="small">
                <Link href="/payment-methods/add">{t("addMethod")}</Link>
              </Button>
            ) : null
          }
        />
        <DialogFooter>
          {otherWay}
          {methods.length > 0 ? (
            <Button type="submit" tone="primary" busy={busy}>
              {t("payConfirm", { amount })}
            </Button>
          ) : (
            <Button asChild tone="primary">
              <Link href="/payment-methods/add">{t("addMethod")}</Link>
            </Button>
          )}
        </DialogFooter>
      </form>
    </Dialog>
  );
}
