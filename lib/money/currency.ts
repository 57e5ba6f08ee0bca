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

/** How many decimals the currency's major unit has: 0, 2 or 3. */
export function decimalsOf(code: Currency): number {
  if (ZERO_DECIMALS.has(code)) return 0;
  return THREE_DECIMALS.has(code) ? 3 : 2;
}
