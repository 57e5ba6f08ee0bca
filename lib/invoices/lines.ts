import { toDecimalString } from "@/lib/money/amount";
import { type Currency, chargeStepOf } from "@/lib/money/currency";
import { add, type Minor, toMinor } from "@/lib/money/minor";
import { divideHalfUp } from "@/lib/money/rounding";

/** How many decimals a quantity, and a percentage, may have. */
export const QUANTITY_DECIMALS = 6;
const RATE_DECIMALS = 4;

/** A line as it was written: the quantity is an exact decimal above zero. */
export type WrittenLine = { description: string; quantity: string; unitMinor: Minor };
export type PricedLine = { description: string; quantity: string; unitAmount: string; amountMinor: Minor };
export type Priced = { lines: PricedLine[]; subtotalMinor: Minor; taxMinor: Minor; totalMinor: Minor };

/** `"2.5"` with three decimals → 2500n. */
function scaled(decimal: string, decimals: number): bigint {
  const [whole = "0", fraction = ""] = decimal.split(".");
  return BigInt(`${whole}${fraction.slice(0, decimals).padEnd(decimals, "0")}`);
}

/** Rounded half-up to the steps in which the currency can be charged. */
const inSteps = (numerator: bigint, denominator: bigint, step: number): Minor =>
  toMinor(divideHalfUp(numerator, denominator * BigInt(step)) * step);

/**
 * What lines come to: each amount is quantity × unit, each line's tax is counted and rounded by itself, as Stripe does it.
 * @param taxRate percent, a decimal string; comes on top
 */
export function priceLines(written: readonly WrittenLine[], currency: Currency, taxRate: string): Priced {
  const step = chargeStepOf(currency);
  const rate = scaled(taxRate, RATE_DECIMALS);
  const lines = written.map(({ description, quantity, unitMinor }) => ({
    description,
    quantity,
    unitAmount: toDecimalString(unitMinor, currency),
    amountMinor: inSteps(
      BigInt(unitMinor) * scaled(quantity, QUANTITY_DECIMALS),
      10n ** BigInt(QUANTITY_DECIMALS),
      step,
    ),
  }));
  const subtotalMinor = add(...lines.map((line) => line.amountMinor));
  const taxMinor = add(
    ...lines.map((line) => inSteps(BigInt(line.amountMinor) * rate, 100n * 10n ** BigInt(RATE_DECIMALS), step)),
  );
  return { lines, subtotalMinor, taxMinor, totalMinor: add(subtotalMinor, taxMinor) };
}
