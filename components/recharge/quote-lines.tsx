import { useTranslations } from "next-intl";
import { Money } from "@/components/money/money";
import type { Currency } from "@/lib/money/currency";
import type { Quote } from "@/lib/recharge/quote";

type Props = { quote: Quote; currency: Currency; rate?: string | null };

/** Amount, fee and total as on the receipt, then the balance that follows. */
export function QuoteLines({ quote, currency, rate }: Props) {
  const t = useTranslations("recharge.quote");
  const feeLabel = quote.feeReason ? t("feeWaived") : rate ? t("feeAt", { rate }) : t("fee");
  return (
    <dl className="grid grid-cols-[1fr_auto] gap-y-2 text-sm [&>dd]:pl-6">
      <dt className="text-ink-soft">{t("amount")}</dt>
      <dd className="text-right" data-testid="preview-amount">
        <Money amountMinor={quote.amountMinor} currency={currency} />
      </dd>
      <dt className="text-ink-soft">{feeLabel}</dt>
      <dd className="text-right" data-testid="preview-fee">
        <Money amountMinor={quote.feeMinor} currency={currency} />
      </dd>
      <dt className="border-t pt-2.5 font-medium">{t("total")}</dt>
      <dd className="border-t pt-2.5 text-right font-semibold text-base" data-testid="preview-total">
        <Money amountMinor={quote.totalMinor} currency={currency} />
      </dd>
      <dt className="text-ink-soft">{t("balanceAfter")}</dt>
      <dd className="text-right text-ink-soft">
        <Money amountMinor={quote.balanceAfterMinor} currency={currency} />
      </dd>
    </dl>
  );
}
