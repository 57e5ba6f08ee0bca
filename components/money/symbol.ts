import type { Currency } from "@/lib/money/currency";

/** The sign that stands before an amount in a form: `$`, `¥`, `KWD`. */
export function currencySymbol(currency: Currency, locale: string): string {
  const parts = new Intl.NumberFormat(locale, {
    style: "currency",
    currency,
    currencyDisplay: "narrowSymbol",
  }).formatToParts(0);
  return parts.find((part) => part.type === "currency")?.value ?? currency;
}
