import type { Minor } from "@/lib/money/minor";

export type LevelScale = { zero: number; balance: number; min: number; target: number };

/** Where zero, the balance and the marks lie on the gauge, in percent of its width. Drawing only: nothing is charged by it. */
export function levelScale(input: { balanceMinor: Minor; minMinor: Minor; targetMinor: Minor }): LevelScale {
  const points = [0, input.balanceMinor, input.minMinor, input.targetMinor];
  const lowest = Math.min(...points);
  const highest = Math.max(...points, lowest + 1);
  const at = (value: number) => Math.round(((value - lowest) / (highest - lowest)) * 1_000) / 10;
  return {
    zero: at(0),
    balance: at(input.balanceMinor),
    min: at(input.minMinor),
    target: at(input.targetMinor),
  };
}
