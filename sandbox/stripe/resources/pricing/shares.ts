/**
 * Splits a whole amount in proportion to weights, so that the parts add up exactly: the largest remainders get the odd units.
 * @param totalMinor not negative, minor units
 * @param weights not negative; all zero gives all zero
 */
export function sharesOf(totalMinor: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((a, b) => a + BigInt(b), 0n);
  if (sum === 0n) return weights.map(() => 0);
  const parts = weights.map((weight, at) => {
    const product = BigInt(totalMinor) * BigInt(weight);
    return { at, minor: Number(product / sum), remainder: product % sum };
  });
  let left = totalMinor - parts.reduce((total, part) => total + part.minor, 0);
  const byRemainder = [...parts].sort((a, b) => (a.remainder === b.remainder ? 0 : a.remainder > b.remainder ? -1 : 1));
  for (const part of byRemainder) {
    if (left <= 0) break;
    part.minor += 1;
    left -= 1;
  }
  return parts.map((part) => part.minor);
}
