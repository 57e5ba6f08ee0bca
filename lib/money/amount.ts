import { type Currency, decimalsOf } from "./currency";
import { type Minor, toMinor } from "./minor";

/** The largest amount taken from outside: far above what Stripe charges, far below where integers end. */
export const LARGEST_MINOR = toMinor(1_000_000_000_000);

/** Why a decimal amount was refused. */
export type AmountProblem = "not_a_decimal" | "too_many_decimals" | "too_large" | "negative";

const digits = new Intl.NumberFormat("en", { useGrouping: false, maximumFractionDigits: 20 });

/** A number as it was written in JSON, where `String` would use an exponent: 0.0000001, not 1e-7. */
export function decimalText(input: string | number): string {
  const text = String(input);
  return typeof input === "number" && text.includes("e") ? digits.format(input) : text;
}

/**
 * Reads an amount in major units: `"668.85"` or `50` → minor units, without going through binary fractions.
 * @returns the amount, or the problem; exponents, `NaN`, signs other than a leading minus and spaces are refused
 */
export function parseAmount(
  input: string | number,
  currency: Currency,
  options: { signed?: boolean } = {},
): Minor | AmountProblem {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(decimalText(input));
  if (!match) return "not_a_decimal";
  const [, sign, whole, fraction = ""] = match;
  if (sign && !options.signed) return "negative";
  const decimals = decimalsOf(currency);
  if (fraction.length > decimals) return "too_many_decimals";
  const minor = Number(`${whole}${fraction.padEnd(decimals, "0")}`);
  if (minor > LARGEST_MINOR) return "too_large";
  return toMinor(sign ? -minor : minor);
}

/** Minor units → the API's decimal string: 66885 USD → `"668.85"`, 500 JPY → `"500"`. */
export function toDecimalString(amountMinor: Minor, currency: Currency): string {
  const decimals = decimalsOf(currency);
  const digits = String(Math.abs(amountMinor)).padStart(decimals + 1, "0");
  const sign = amountMinor < 0 ? "-" : "";
  return decimals === 0 ? `${sign}${digits}` : `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

const formats = new Map<string, Intl.NumberFormat>();

/** Making a format takes 20 times as long as using it. */
function moneyFormat(currency: Currency, locale: string): Intl.NumberFormat {
  const key = `${locale} ${currency}`;
  const decimals = decimalsOf(currency);
  const format =
    formats.get(key) ??
    new Intl.NumberFormat(locale, {
      style: "currency",
      currency,
      currencyDisplay: "narrowSymbol",
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
    });
  formats.set(key, format);
  return format;
}

/** For people: `$668.85`, `-$50.00`, `¥500`. Exact: the decimal string is formatted, not a float. */
export const formatMoney = (amountMinor: Minor, currency: Currency, locale: string): string =>
  moneyFormat(currency, locale).format(toDecimalString(amountMinor, currency) as `${number}`);
