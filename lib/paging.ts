/** What a list is asked for: how many rows, and after which (the opaque cursor of the page before). */
export type PageRequest = { limit: number; cursor: string | null };
export type Page<T> = { data: T[]; nextCursor: string | null };

/**
 * Cuts a list that was read with one row more than asked for into a page.
 * @param cursorOf the row's place in its list, which does not move when rows are added
 */
export function toPage<T>(rows: T[], limit: number, cursorOf: (row: T) => string): Page<T> {
  const data = rows.slice(0, limit);
  const last = data.at(-1);
  return { data, nextCursor: rows.length > limit && last ? cursorOf(last) : null };
}
