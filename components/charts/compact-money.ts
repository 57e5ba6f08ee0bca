import { toDecimalString } from "@/lib/money/amount";
import type { Currency } from "@/lib/money/currency";
import { toMinor } from "@/lib/money/minor";

/** For the axis of a chart, where space is short: `$1.2K`, `¥1万`. */
export function compactMoney(value: number, currency: Currency, locale: string): string {
  const format = new Intl.NumberFormat(locale, {
    style: "currency",
    currency,
    currencyDisplay: "narrowSymbol",
    notation: "compact",
    maximumFractionDigits: 1,
    minimumFractionDigits: 0,
  });
  return format.format(toDecimalString(toMinor(Math.round(value)), currency) as `${number}`);
}
