import { INK, LINE, PALE, SOFT } from "./colour";
import { type Letter, nextPage } from "./letter";

/** A row of a document's table. The figures are printed as they are; `note` stands small below the description. */
export type TableRow = {
  description: string;
  note: string | null;
  quantity: string;
  unitPrice: string;
  amount: string;
};

/** How much air rows have: as much as lets the document stay on one page. */
type Density = { size: number; noteSize: number; leading: number; padding: number };
const AIRY: Density = { size: 10, noteSize: 8.5, leading: 13.5, padding: 7 };
const COMPACT: Density = { size: 9, noteSize: 8, leading: 11.5, padding: 3.6 };
const TIGHT: Density = { size: 8.5, noteSize: 7.5, leading: 10.5, padding: 2.7 };

const HEADER = 22;
const GAP = 18;
const LEAST_DESCRIPTION = 150;

type Columns = { description: number; quantity: number; unitPrice: number; amount: number };
type Measured = { row: TableRow; lines: string[]; notes: string[]; height: number };

/** Right edges of the figures; the description has what they leave. */
function columnsOf({ sheet, words, right, left }: Letter, rows: TableRow[], { size }: Density): Columns {
  const widest = (heading: string, texts: string[]) =>
    Math.max(
      sheet.measure(heading, { size: 8.5, weight: "bold" }),
      ...new Set(texts.map((text) => sheet.measure(text, { size }))),
    );
  const amount = right - 8;
  const unitPrice =
    amount -
    widest(
      words.t("columns.amount"),
      rows.map((row) => row.amount),
    ) -
    GAP;
  const quantity =
    unitPrice -
    widest(
      words.t("columns.unitPrice"),
      rows.map((row) => row.unitPrice),
    ) -
    GAP;
  const end =
    quantity -
    widest(
      words.t("columns.quantity"),
      rows.map((row) => row.quantity),
    ) -
    GAP;
  return { amount, unitPrice, quantity, description: Math.max(end - left - 8, LEAST_DESCRIPTION) };
}

function measured({ sheet }: Letter, rows: TableRow[], columns: Columns, density: Density): Measured[] {
  return rows.map((row) => {
    const lines = sheet.lines(row.description, columns.description, { size: density.size });
    const notes = row.note ? sheet.lines(row.note, columns.description, { size: density.noteSize }) : [];
    const height = 2 * density.padding + (lines.length + notes.length) * density.leading;
    return { row, lines, notes, height };
  });
}

function drawHeader(letter: Letter, columns: Columns): void {
  const { sheet, words, left, width, y } = letter;
  sheet.box(left, y, width, HEADER, PALE, 3);
  const style = { size: 8.5, weight: "bold" as const, colour: SOFT };
  const base = y + 14.5;
  sheet.text(words.t("columns.description"), left + 8, base, style);
  sheet.text(words.t("columns.quantity"), columns.quantity, base, { ...style, align: "right" });
  sheet.text(words.t("columns.unitPrice"), columns.unitPrice, base, { ...style, align: "right" });
  sheet.text(words.t("columns.amount"), columns.amount, base, { ...style, align: "right" });
  letter.y += HEADER;
}

function drawRow(letter: Letter, { row, lines, notes, height }: Measured, columns: Columns, density: Density): void {
  const { sheet, left, width, y } = letter;
  const { size, noteSize, leading, padding } = density;
  let base = y + padding + size;
  const figure = { size, colour: INK, align: "right" as const };
  sheet.text(row.quantity, columns.quantity, base, figure);
  sheet.text(row.unitPrice, columns.unitPrice, base, figure);
  sheet.text(row.amount, columns.amount, base, figure);
  for (const line of lines) {
    sheet.text(line, left + 8, base, { size });
    base += leading;
  }
  for (const note of notes) {
    sheet.text(note, left + 8, base - 0.5, { size: noteSize, colour: SOFT });
    base += leading;
  }
  sheet.rule(left, y + height, width, LINE, 0.5);
  letter.y += height;
}

/** The airiest that stays on one page; over several pages there is room again. */
function chosen<T extends { onOnePage: boolean }>(fits: (density: Density) => T): T {
  const compact = fits(COMPACT);
  const airy = compact.onOnePage ? fits(AIRY) : compact;
  if (airy.onOnePage) return airy;
  const tight = compact.onOnePage ? compact : fits(TIGHT);
  return tight.onOnePage ? tight : compact;
}

/**
 * The table of a document, over as many pages as it needs, with its header on each of them.
 * @param after the height of what must still find room behind it for the document to be of one page
 * @param totals the height of what never stands on a page without a row: the last row goes on with it
 */
export function drawLineTable(letter: Letter, rows: TableRow[], after: number, totals: number): void {
  const fits = (density: Density) => {
    const columns = columnsOf(letter, rows, density);
    const all = measured(letter, rows, columns, density);
    const height = all.reduce((sum, one) => sum + one.height, HEADER);
    return { columns, all, density, onOnePage: letter.y + height + after <= letter.bottom };
  };
  const { columns, all, density } = chosen(fits);
  drawHeader(letter, columns);
  for (const [at, one] of all.entries()) {
    const together = one.height + (at === all.length - 1 ? totals : 0);
    if (letter.y + together > letter.bottom) {
      nextPage(letter);
      drawHeader(letter, columns);
    }
    drawRow(letter, one, columns, density);
  }
}
