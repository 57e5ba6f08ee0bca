/** A UTC month, `2026-11`. */
export type Month = string;

const at = (month: Month, shift: number): Date =>
  new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)) - 1 + shift, 1));

export const monthOf = (instant: Date): Month => instant.toISOString().slice(0, 7);
/** The first instant of a month. */
export const startOf = (month: Month): Date => at(month, 0);
/** The last months up to the one that an instant is in, oldest first. */
export const lastMonths = (instant: Date, count: number): Month[] =>
  Array.from({ length: count }, (_, i) => monthOf(at(monthOf(instant), i + 1 - count)));
