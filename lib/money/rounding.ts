import { type Minor, toMinor } from "./minor";

/**
 * Divides two integers and rounds half away from zero ("half-up" for the positive amounts that fees are), exactly.
 * @param numerator any safe or big integer @param denominator greater than zero
 */
export function divideHalfUp(numerator: bigint, denominator: bigint): Minor {
  if (denominator <= 0n) throw new RangeError("the denominator must be positive");
  const sign = numerator < 0n ? -1n : 1n;
  const doubled = 2n * numerator * sign + denominator;
  return toMinor(Number(sign * (doubled / (2n * denominator))));
}
