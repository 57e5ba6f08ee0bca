import type { Row, Rows } from "./table";

/** Rows that an object carries itself, to be paged through like a table. @param oldest in the order of their creation */
export function rowsOf<T extends Row>(oldest: readonly T[]): Rows<T> {
  const place = (id: string) => oldest.findIndex((row) => row.id === id);
  return {
    get: (id) => oldest.find((row) => row.id === id),
    oldestFirst: (afterId) => (afterId === undefined ? oldest : oldest.slice(place(afterId) + 1)),
    newestFirst: (beforeId) => (beforeId === undefined ? [...oldest] : oldest.slice(0, place(beforeId))).reverse(),
  };
}
