"use client";

import { Undo2 } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { v4 as newRequestKey } from "uuid";
import type { ActionResult } from "@/components/forms/action-result";
import { ProblemAlert } from "@/components/forms/problem-alert";
import { TextField } from "@/components/forms/text-field";
import { useAction } from "@/components/forms/use-action";
import { Money } from "@/components/money/money";
import { MoneyInput } from "@/components/money/money-input";
import { readTypedAmount } from "@/components/money/typed-amount";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Dialog, DialogFooter } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { useToast } from "@/components/ui/toast";
import { formatMoney, toDecimalString } from "@/lib/money/amount";
import type { Transaction } from "@/lib/transactions/queries";
import { type RefundSplit, splitRefund } from "@/lib/transactions/refund-split";
import type { RefundOffer } from "@/lib/transactions/refundable";

type Refund = (input: {
  transactionId: string;
  typed: string;
  reason: string;
  requestKey: string;
}) => Promise<ActionResult>;
type Props = {
  payment: Pick<
    Transaction,
    | "transactionId"
    | "number"
    | "currency"
    | "sourceKind"
    | "amountMinor"
    | "feeMinor"
    | "refundedMinor"
    | "refundedFeeMinor"
  >;
  offer: RefundOffer;
  refund: Refund;
};

/** Gives back. One opening of the dialog is one request: pressing twice or a lost answer cannot refund twice. */
export function RefundDialog({ payment, offer, refund }: Props) {
  const t = useTranslations("transactions.refund");
  const problems = useTranslations("topUp.problems");
  const locale = useLocale();
  const router = useRouter();
  const toast = useToast();
  const { run, busy, problem, clear } = useAction(refund);
  const { currency } = payment;
  const most = formatMoney(offer.mostMinor, currency, locale);
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState(toDecimalString(offer.mostMinor, currency));
  const [reason, setReason] = useState("");
  const [requestKey, setRequestKey] = useState("");
  const read = readTypedAmount(typed, currency);
  const amountMinor = read.kind === "amount" && read.amountMinor > 0 ? read.amountMinor : null;
  const tooMuch = amountMinor !== null && amountMinor > offer.mostMinor;
  const split = amountMinor !== null && !tooMuch ? splitRefund(payment, amountMinor) : null;
  const isTopUp = payment.sourceKind === "recharge";

  const toggle = (next: boolean) => {
    setOpen(next);
    setRequestKey(newRequestKey());
    setTyped(toDecimalString(offer.mostMinor, currency));
    clear();
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!split) return;
    const result = await run({ transactionId: payment.transactionId, typed, reason, requestKey });
    if (result.ok) {
      setOpen(false);
      toast("good", t("done", { amount: formatMoney(split.amountMinor, currency, locale) }));
    }
    // A refusal is an answer too: the next press is a new request.
    else if (result.error.code !== "unreachable") setRequestKey(newRequestKey());
    router.refresh();
  };
  const trigger = (
    <Button>
      <Undo2 aria-hidden />
      {t("open")}
    </Button>
  );
  return (
    <Dialog
      open={open}
      onOpenChange={toggle}
      trigger={trigger}
      title={t("title", { number: payment.number })}
      description={t("text")}
    >
      {offer.mostMinor === 0 ? (
        <Alert tone="info" title={t(offer.waits ? "inProgress" : "nothingLeft")} />
      ) : (
        <form onSubmit={submit} noValidate className="flex flex-col gap-4">
          <Field
            label={t("amount")}
            hint={t(isTopUp ? "mostOfTopUp" : "most", { amount: most })}
            error={read.kind === "problem" ? problems(read.problem) : tooMuch ? t("tooMuch") : null}
          >
            {(wiring) => <MoneyInput currency={currency} value={typed} onValue={setTyped} {...wiring} />}
          </Field>
          {split ? <SplitLines split={split} payment={payment} /> : null}
          <TextField label={t("reason")} value={reason} onChange={setReason} maxLength={500} />
          <ProblemAlert
            problem={problem}
            action={
              problem?.code === "recharge_would_follow" ? (
                <Button asChild size="small" tone="primary">
                  <Link href="/auto-recharge">{t("turnOff")}</Link>
                </Button>
              ) : null
            }
          />
          <DialogFooter>
            <Button onClick={() => toggle(false)}>{t("cancel")}</Button>
            <Button type="submit" tone="danger" busy={busy} disabled={!split}>
              {split ? t("confirm", { amount: formatMoney(split.amountMinor, currency, locale) }) : t("confirmNothing")}
            </Button>
          </DialogFooter>
        </form>
      )}
    </Dialog>
  );
}

function SplitLines({ split, payment }: { split: RefundSplit; payment: Props["payment"] }) {
  const t = useTranslations("transactions.refund");
  const lines = [
    {
      key: payment.sourceKind === "recharge" ? ("balance" as const) : ("invoice" as const),
      minor: split.principalMinor,
    },
    ...(payment.feeMinor === 0 ? [] : [{ key: "feeShare" as const, minor: split.feeMinor }]),
  ];
  return (
    <dl className="grid grid-cols-[1fr_auto] gap-y-2 text-sm">
      {lines.map(({ key, minor }) => (
        <div key={key} className="contents">
          <dt className="text-ink-soft">{t(key)}</dt>
          <dd className="text-right" data-testid={`refund-${key}`}>
            <Money amountMinor={minor} currency={payment.currency} />
          </dd>
        </div>
      ))}
      <dt className="border-t pt-2.5 font-medium">{t("total")}</dt>
      <dd className="border-t pt-2.5 text-right font-semibold" data-testid="refund-total">
        <Money amountMinor={split.amountMinor} currency={payment.currency} />
      </dd>
    </dl>
  );
}
