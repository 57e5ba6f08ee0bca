import type { BalancePoint } from "@/lib/ledger/history";
import type { Minor } from "@/lib/money/minor";

/**
 * The points to draw: from the first movement on, not from the emptiness before it, and up to this moment, since a balance
 * stays where it is until the next entry. @param points oldest first, led by the balance at the start of the period
 */
export function toShownHistory(points: BalancePoint[], balanceMinor: Minor, now: Date): BalancePoint[] {
  const [first, ...rest] = points;
  const begun = first && first.balanceMinor === 0 ? rest : points;
  return begun.length === 0 ? [] : [...begun, { at: now, balanceMinor }];
}
