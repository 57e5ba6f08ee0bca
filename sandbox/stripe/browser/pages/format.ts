import type { Language } from "../text";

function tag(language: Language): string {
  return language === "zh" ? "zh-CN" : "en-US";
}

/** An amount in words of the reader's language. @param amountMinor in the currency's smallest unit */
export function money(amountMinor: number, currency: string, language: Language): string {
  const format = new Intl.NumberFormat(tag(language), { style: "currency", currency: currency.toUpperCase() });
  return format.format(amountMinor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
}

/** A day, in UTC as all of Stripe's periods. @param unix seconds */
export function day(unix: number, language: Language): string {
  return new Intl.DateTimeFormat(tag(language), { dateStyle: "medium", timeZone: "UTC" }).format(unix * 1000);
}
