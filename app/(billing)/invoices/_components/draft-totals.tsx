"use client";

import { useFormatter, useTranslations } from "next-intl";
import { Money } from "@/components/money/money";
import { priceLines } from "@/lib/invoices/lines";
import type { Currency } from "@/lib/money/currency";
import { pricedLines, type TypedLine } from "./draft-values";

type Props = { lines: TypedLine[]; currency: Currency; taxRate: string };

export function DraftTotals({ lines, currency, taxRate }: Props) {
  const t = useTranslations("invoices.form");
  const format = useFormatter();
  const { subtotalMinor, taxMinor, totalMinor } = priceLines(pricedLines(lines, currency), currency, taxRate);
  const hasTax = Number(taxRate) > 0;
  const rate = format.number(Number(taxRate) / 100, { style: "percent", maximumFractionDigits: 4 });
  return (
    <dl aria-live="polite" className="ml-auto grid w-full max-w-xs grid-cols-[1fr_auto] gap-y-2 text-sm">
      {hasTax ? (
        <>
          <dt className="text-ink-soft">{t("subtotal")}</dt>
          <dd className="text-right">
            <Money amountMinor={subtotalMinor} currency={currency} />
          </dd>
          <dt className="text-ink-soft">{t("tax", { rate })}</dt>
          <dd className="text-right">
            <Money amountMinor={taxMinor} currency={currency} />
          </dd>
        </>
      ) : null}
      <dt className="font-medium">{t("total")}</dt>
      <dd className="text-right font-semibold text-base" data-testid="draft-total">
        <Money amountMinor={totalMinor} currency={currency} />
      </dd>
    </dl>
  );
}
