import { createTranslator } from "use-intl/core";
import { formatMoney } from "@/lib/money/amount";
import { type Currency, decimalsOf } from "@/lib/money/currency";
import type { Minor } from "@/lib/money/minor";
import type { Locale } from "@/lib/notifications/translator";
import { en } from "@/messages/en";
import { readable } from "@/messages/readable";
import { zhCN } from "@/messages/zh-CN";

const MESSAGES: Record<Locale, Pick<typeof en, "documents">> = { en, "zh-CN": zhCN };
/** Prices can have as many decimals as Stripe's (`unit_amount_decimal`). */
const MOST_DECIMALS = 12;

const makeTranslator = (locale: Locale) =>
  createTranslator({
    locale,
    messages: readable(MESSAGES[locale]),
    namespace: "documents",
    onError: (error) => {
      throw error;
    },
  });

/** The words and formats of documents in one language. Making them takes longer than a page: kept per language, zone and currency. */
function make(locale: Locale, timeZone: string, currency: Currency) {
  const t = makeTranslator(locale);
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 6 });
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 4 });
  const price = new Intl.NumberFormat(locale, {
    style: "currency",
    currency,
    currencyDisplay: "narrowSymbol",
    minimumFractionDigits: decimalsOf(currency),
    maximumFractionDigits: MOST_DECIMALS,
  });
  const day = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone });
  const minute = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short", timeZone });
  const region = new Intl.DisplayNames(locale, { type: "region", fallback: "code" });
  return {
    t,
    money: (amountMinor: Minor) => formatMoney(amountMinor, currency, locale),
    /** A decimal string in major units with all the decimals it has. */
    price: (amount: string) => price.format(amount as `${number}`),
    /** A decimal string. */
    quantity: (value: string) => number.format(value as `${number}`),
    /** A decimal string of hundredths: `8.2500` → `8.25%`. */
    percent: (rate: string) => percent.format(`${rate}e-2` as `${number}`),
    /** A day in the tenant's time zone. */
    day: (at: Date) => day.format(at),
    days: (from: Date, to: Date) =>
      locale === "en" ? day.formatRange(from, to) : `${day.format(from)} – ${day.format(to)}`,
    minute: (at: Date) => minute.format(at),
    country: (code: string) => (/^[A-Za-z]{2}$/.test(code) ? (region.of(code.toUpperCase()) ?? code) : code),
  };
}

export type DocumentWords = ReturnType<typeof make>;

const kept = new Map<string, DocumentWords>();

export function documentWords(locale: Locale, timeZone: string, currency: Currency): DocumentWords {
  const key = `${locale} ${timeZone} ${currency}`;
  const known = kept.get(key) ?? make(locale, timeZone, currency);
  kept.set(key, known);
  return known;
}
