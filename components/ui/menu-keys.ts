/**
 * The item of a menu that a key leads to, as the ARIA practices for menus have it: arrows, Home, End, and the first letter.
 * @param at the item with the focus, -1 for none @param names what the items are called
 * @returns null where the key does not mean an item
 */
export function itemFor(key: string, at: number, names: readonly string[]): number | null {
  const last = names.length - 1;
  if (last < 0) return null;
  if (key === "ArrowDown") return Math.min(at + 1, last);
  if (key === "ArrowUp") return at < 0 ? last : Math.max(at - 1, 0);
  if (key === "Home") return 0;
  if (key === "End") return last;
  if (key.length !== 1 || key === " ") return null;
  const begins = (index: number) => names[index]?.trim().toLowerCase().startsWith(key.toLowerCase());
  const order = names.map((_, step) => (at + 1 + step) % names.length);
  return order.find(begins) ?? null;
}
