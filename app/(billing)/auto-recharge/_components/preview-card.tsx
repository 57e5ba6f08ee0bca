"use client";

import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { MoneyInput } from "@/components/money/money-input";
import { typedMinor } from "@/components/money/typed-amount";
import { QuoteLines } from "@/components/recharge/quote-lines";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { formatMoney, toDecimalString } from "@/lib/money/amount";
import type { Currency } from "@/lib/money/currency";
import type { FeePolicy, FeeSubject } from "@/lib/money/fees";
import { type Minor, ZERO } from "@/lib/money/minor";
import { supposedCharge } from "./supposed-charge";

type Props = {
  currency: Currency;
  balanceMinor: Minor;
  pendingMinor: Minor;
  minMinor: Minor | null;
  targetMinor: Minor | null;
  feePolicy: FeePolicy;
  method: FeeSubject | null;
};

/** What one charge would be, recomputed as the form is typed, by the same code that charges. */
export function PreviewCard({ currency, balanceMinor, pendingMinor, minMinor, targetMinor, feePolicy, method }: Props) {
  const t = useTranslations("recharge.preview");
  const locale = useLocale();
  const [supposed, setSupposed] = useState<string | null>(null);
  const typed = supposed === null ? null : typedMinor(supposed, currency, { signed: true });
  const { fromMinor, source, result } = supposedCharge({
    balanceMinor,
    pendingMinor,
    typedMinor: typed,
    minMinor,
    targetMinor,
    feePolicy,
    method,
  });
  const money = (amount: Minor | null) => formatMoney(amount ?? ZERO, currency, locale);
  const rate =
    feePolicy.kind === "percent"
      ? new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 2 }).format(feePolicy.rateBps / 10_000)
      : null;
  return (
    <Card aria-labelledby="preview-title">
      <CardHeader id="preview-title" title={t("title")} hint={t("hint")} />
      <CardBody className="flex flex-col gap-5">
        <Field label={t("balance")} hint={t(`from.${source}`)}>
          {(wiring) => (
            <MoneyInput
              currency={currency}
              value={supposed ?? toDecimalString(fromMinor, currency)}
              onValue={setSupposed}
              {...wiring}
            />
          )}
        </Field>
        <div aria-live="polite">
          {result.kind === "charge" ? (
            <QuoteLines quote={result.quote} currency={currency} rate={rate} />
          ) : (
            <p className="rounded-lg bg-sunken px-4 py-6 text-center text-ink-soft text-sm">
              {t(`nothing.${result.kind}`, { target: money(targetMinor), minimum: money(minMinor) })}
            </p>
          )}
        </div>
      </CardBody>
    </Card>
  );
}
