declare const minor: unique symbol;

/** An amount of money as an integer in the currency's smallest unit (cents, yen, fils). May be negative. */
export type Minor = number & { readonly [minor]: true };
/** Hundredths of a percent: 290 is 2.9 %. */
export type Bps = number & { readonly [minor]: "bps" };

/**
 * Asserts that a number is an exact amount in minor units.
 * @throws RangeError when it is not a safe integer
 */
export function toMinor(value: number): Minor {
  if (!Number.isSafeInteger(value)) throw new RangeError(`not an amount in minor units: ${value}`);
  return (value === 0 ? 0 : value) as Minor;
}

/** Asserts a rate in basis points, 0 to below 10,000. @throws RangeError */
export function toBps(value: number): Bps {
  if (!Number.isInteger(value) || value < 0 || value >= 10_000)
    throw new RangeError(`not a rate in basis points: ${value}`);
  return value as Bps;
}

export const ZERO = 0 as Minor;

export const add = (...amounts: Minor[]): Minor => toMinor(amounts.reduce<number>((sum, a) => sum + a, 0));
export const subtract = (a: Minor, b: Minor): Minor => toMinor(a - b);
export const negate = (a: Minor): Minor => toMinor(-a);
export const max = (a: Minor, b: Minor): Minor => (a > b ? a : b);
export const min = (a: Minor, b: Minor): Minor => (a < b ? a : b);
