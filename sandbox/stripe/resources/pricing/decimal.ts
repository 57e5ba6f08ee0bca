import type Stripe from "stripe";

const PLACES = 12;

/** An exact number: a whole count of 10⁻¹² parts, the finest decimal that Stripe accepts. */
export type Exact = bigint;

export const ONE: Exact = 10n ** BigInt(PLACES);

/** Reads a decimal text or number without passing through floating point. @throws RangeError for anything else */
export function exact(value: string | number | Stripe.Decimal): Exact {
  const [, minus, whole, fraction = ""] = /^(-?)(\d+)(?:\.(\d{1,12}))?$/.exec(String(value)) ?? [];
  if (whole === undefined) throw new RangeError(`not a decimal with up to ${PLACES} places: ${String(value)}`);
  const parts = BigInt(whole + fraction.padEnd(PLACES, "0"));
  return minus ? -parts : parts;
}

/** The shortest text of an exact number: `3.75`, `10`. */
export function exactText(value: Exact): string {
  const digits = String(value < 0n ? -value : value).padStart(PLACES + 1, "0");
  const fraction = digits.slice(-PLACES).replace(/0+$/, "");
  return `${value < 0n ? "-" : ""}${digits.slice(0, -PLACES)}${fraction && `.${fraction}`}`;
}

/** Divides and rounds half away from zero, so that a credit mirrors its debit. `denominator` must be positive. */
export function divideHalfUp(numerator: bigint, denominator: bigint): bigint {
  const size = numerator < 0n ? -numerator : numerator;
  const rounded = (2n * size + denominator) / (2n * denominator);
  return numerator < 0n ? -rounded : rounded;
}

/** Whole minor units of an exact amount, half away from zero. */
export function toMinorHalfUp(value: Exact): number {
  return Number(divideHalfUp(value, ONE));
}

/** A decimal as it is stored and sent: the SDK turns the text into its own type only when it reads an answer. */
export function asDecimal(text: string): Stripe.Decimal {
  return text as unknown as Stripe.Decimal;
}

/** The decimal of a whole or decimal amount, whichever is set; null when neither is. */
export function decimalOf(whole: number | null | undefined, decimal: string | null | undefined): string | null {
  if (decimal !== null && decimal !== undefined) return exactText(exact(decimal));
  return whole === null || whole === undefined ? null : String(whole);
}

/** The whole amount behind a decimal; null when it is not whole, as Stripe shows it. */
export function wholeOf(decimal: string | null): number | null {
  if (decimal === null) return null;
  const parts = exact(decimal);
  return parts % ONE === 0n ? Number(parts / ONE) : null;
}
