"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { v4 as newRequestKey } from "uuid";
import type { ActionResult } from "@/components/forms/action-result";
import { ProblemAlert } from "@/components/forms/problem-alert";
import { useAction } from "@/components/forms/use-action";
import { MoneyInput } from "@/components/money/money-input";
import { readTypedAmount } from "@/components/money/typed-amount";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { DialogFooter } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { formatMoney } from "@/lib/money/amount";
import { CHARGE_MAXIMUM_MINOR, type Currency, chargeMinimumOf } from "@/lib/money/currency";
import type { FeePolicy, FeeSubject } from "@/lib/money/fees";
import { type Minor, toMinor } from "@/lib/money/minor";
import { quoteAmount } from "@/lib/recharge/quote";
import type { Attempt } from "@/lib/recharge/types";
import { QuoteLines } from "./quote-lines";

export type TopUp = (input: { typed: string; requestKey: string }) => Promise<ActionResult<Attempt>>;
export type TopUpTerms = {
  currency: Currency;
  balanceMinor: Minor;
  feePolicy: FeePolicy;
  method: FeeSubject | null;
  suggested: string;
};
type Props = {
  topUp: TopUp;
  terms: TopUpTerms;
  typed: string;
  onTyped: (typed: string) => void;
  onClose: () => void;
};

/** How much to charge, and what came of it. One opening is one request: pressing twice or a lost answer cannot charge twice. */
export default function TopUpForm({ topUp, terms, typed, onTyped, onClose }: Props) {
  const t = useTranslations("topUp");
  const locale = useLocale();
  const router = useRouter();
  const { run, busy, problem } = useAction(topUp);
  const [requestKey, setRequestKey] = useState(() => newRequestKey());
  const [attempt, setAttempt] = useState<Attempt | null>(null);
  const read = readTypedAmount(typed, terms.currency);
  const quote =
    read.kind === "amount" && read.amountMinor > 0
      ? quoteAmount(read.amountMinor, terms.balanceMinor, terms.feePolicy, terms.method)
      : null;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!quote || outside) return;
    const result = await run({ typed, requestKey });
    if (result.ok) setAttempt(result.value);
    // A refusal is an answer too: the next press is a new request.
    else if (result.error.code !== "unreachable") setRequestKey(newRequestKey());
    router.refresh();
  };
  const shown = (amountMinor: Minor) => formatMoney(amountMinor, terms.currency, locale);
  const least = toMinor(chargeMinimumOf(terms.currency));
  const isTooSmall = quote !== null && quote.totalMinor < least;
  const isTooMuch = quote !== null && quote.totalMinor > CHARGE_MAXIMUM_MINOR;
  const outside = isTooSmall || isTooMuch;
  const tooMuch = isTooMuch ? t("problems.too_much", { most: shown(CHARGE_MAXIMUM_MINOR) }) : null;
  const notChargeable = isTooSmall ? t("problems.too_small", { least: shown(least) }) : tooMuch;
  const amountProblem = read.kind === "problem" ? t(`problems.${read.problem}`) : notChargeable;
  if (attempt)
    return (
      <Outcome attempt={attempt} total={formatMoney(attempt.totalMinor, attempt.currency, locale)} onClose={onClose} />
    );
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      <Field label={t("amount")} error={amountProblem}>
        {(wiring) => <MoneyInput currency={terms.currency} value={typed} onValue={onTyped} autoFocus {...wiring} />}
      </Field>
      {quote ? <QuoteLines quote={quote} currency={terms.currency} /> : null}
      <ProblemAlert problem={problem} />
      <DialogFooter>
        <Button onClick={onClose}>{t("cancel")}</Button>
        <Button type="submit" tone="primary" busy={busy} disabled={!quote || outside}>
          {quote ? t("charge", { total: formatMoney(quote.totalMinor, terms.currency, locale) }) : t("chargeNothing")}
        </Button>
      </DialogFooter>
    </form>
  );
}

const OUTCOME_TONES = { succeeded: "good", failed: "bad", requires_action: "warn" } as const;

function Outcome({ attempt, total, onClose }: { attempt: Attempt; total: string; onClose: () => void }) {
  const t = useTranslations("topUp");
  const { state } = attempt;
  const known = state === "succeeded" || state === "failed" || state === "requires_action";
  const kind = known ? state : "underWay";
  return (
    <>
      <Alert live tone={known ? OUTCOME_TONES[state] : "info"} title={t(`outcomes.${kind}.title`, { total })}>
        {t(`outcomes.${kind}.text`, { total })}
      </Alert>
      <DialogFooter>
        <Button onClick={onClose}>{t("close")}</Button>
        {state === "requires_action" ? (
          <Button asChild tone="primary">
            <Link href={`/auto-recharge/finish/${attempt.attemptId}`}>{t("confirm")}</Link>
          </Button>
        ) : null}
        {state === "failed" ? (
          <Button asChild tone="primary">
            <Link href="/payment-methods">{t("otherMethod")}</Link>
          </Button>
        ) : null}
      </DialogFooter>
    </>
  );
}
