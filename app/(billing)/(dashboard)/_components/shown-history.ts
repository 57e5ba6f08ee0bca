import type { Minor } from "@/lib/money/minor";

export type HistoryPoint = { at: Date; balanceMinor: Minor };

/**
 * The points of a short history, where every single entry can be drawn.
 * @param entries newest first @param since of older ones only the last is left: the balance at the start of the period
 */
export function pointsOf(
  entries: { createdAt: Date; balanceAfterMinor: Minor }[],
  since: Date | undefined,
): HistoryPoint[] {
  const point = ({ createdAt, balanceAfterMinor }: (typeof entries)[number]): HistoryPoint => ({
    at: since && createdAt < since ? since : createdAt,
    balanceMinor: balanceAfterMinor,
  });
  const before = since && entries.find((entry) => entry.createdAt < since);
  const within = entries.filter((entry) => !since || entry.createdAt >= since);
  return [...within, ...(before ? [before] : [])].map(point).reverse();
}

/**
 * The points to draw: from the first movement on, not from the emptiness before it, and up to this moment, since a balance
 * stays where it is until the next entry. @param points oldest first, led by the balance at the start of the period
 */
export function toShownHistory(points: HistoryPoint[], balanceMinor: Minor, now: Date): HistoryPoint[] {
  const [first, ...rest] = points;
  const begun = first && first.balanceMinor === 0 ? rest : points;
  return begun.length === 0 ? [] : [...begun, { at: now, balanceMinor }];
}
