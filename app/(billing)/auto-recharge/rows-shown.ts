/** Rows of a list at first, and with each asking for older ones. */
export const ROWS_SHOWN = 25;
