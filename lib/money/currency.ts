import { toMinor } from "./minor";

/** ISO 4217 currencies that do not have two decimals, as far as Stripe charges in them (docs.stripe.com/currencies). */
const ZERO_DECIMALS = new Set([
  "BIF",
  "CLP",
  "DJF",
  "GNF",
  "JPY",
  "KMF",
  "KRW",
  "MGA",
  "PYG",
  "RWF",
  "VND",
  "VUV",
  "XAF",
  "XOF",
  "XPF",
]);
const THREE_DECIMALS = new Set(["BHD", "JOD", "KWD", "OMR", "TND"]);

declare const currency: unique symbol;
/** An ISO 4217 code in capitals. */
export type Currency = string & { readonly [currency]: true };

/** @throws RangeError when it is not three capital letters */
export function toCurrency(code: string): Currency {
  const upper = code.toUpperCase();
  if (!/^[A-Z]{3}$/.test(upper)) throw new RangeError(`not a currency code: ${code}`);
  return upper as Currency;
}

/**
 * The steps in which Stripe takes amounts of a currency, in minor units: those with three decimals must end in 0
 * (docs.stripe.com/currencies, "Three-decimal currencies").
 */
export const chargeStepOf = (code: Currency): number => (decimalsOf(code) === 3 ? 10 : 1);

/**
 * The least that Stripe charges, in minor units (docs.stripe.com/currencies, "Minimum and maximum charge amounts"). Of other
 * currencies the least is worth that of the account's own, at the day's rate: only Stripe can tell.
 */
const CHARGE_MINIMUMS: Readonly<Record<string, number>> = {
  AED: 200,
  AUD: 50,
  BGN: 100,
  BRL: 50,
  CAD: 50,
  CHF: 50,
  CZK: 1_500,
  DKK: 250,
  EUR: 50,
  GBP: 30,
  HKD: 400,
  HUF: 17_500,
  INR: 50,
  JPY: 50,
  MXN: 1_000,
  MYR: 200,
  NOK: 300,
  NZD: 50,
  PLN: 200,
  RON: 200,
  SEK: 300,
  SGD: 50,
  THB: 1_000,
  USD: 50,
};

/** The least that can be charged in a currency, minor units; 1 where nobody knows beforehand. */
export const chargeMinimumOf = (code: Currency): number => CHARGE_MINIMUMS[code] ?? 1;

/** The most that Stripe charges at once, in minor units: eight digits, of whatever currency (docs.stripe.com/currencies). */
export const CHARGE_MAXIMUM_MINOR = toMinor(99_999_999);

/** How many decimals the currency's major unit has: 0, 2 or 3. */
export function decimalsOf(code: Currency): number {
  if (ZERO_DECIMALS.has(code)) return 0;
  return THREE_DECIMALS.has(code) ? 3 : 2;
}
