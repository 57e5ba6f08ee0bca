import { INK, SOFT, textOn } from "./colour";
import { keepTogether, type Letter } from "./letter";
import { TOTALS_WIDTH } from "./totals";

const GUTTER = 22;
const BUTTON = 26;
const URL_STYLE = { size: 7.5 };
const URL_LEADING = 9.5;
const NOTE_STYLE = { size: 9 };
const NOTE_LEADING = 12.5;
const NOTE_HEAD = 20;

/** A button that leads to where it can be paid, and the address in words for those who hold paper. */
function drawPayLink(letter: Letter, url: string, width: number): void {
  const { sheet, words, left, accent } = letter;
  letter.y += 14;
  const label = words.t("pay.button");
  const style = { size: 10, weight: "bold" as const, colour: textOn(accent) };
  const buttonWidth = sheet.measure(label, style) + 28;
  sheet.box(left, letter.y, buttonWidth, BUTTON, accent, 5);
  sheet.text(label, left + 14, letter.y + 16.6, style);
  sheet.doc.link(left, letter.y, buttonWidth, BUTTON, url);
  letter.y += BUTTON + 4;
  for (const line of sheet.lines(url, width, URL_STYLE)) {
    letter.y += URL_LEADING;
    sheet.text(line, left, letter.y, { ...URL_STYLE, colour: accent });
    sheet.doc.link(left, letter.y - URL_LEADING + 2, sheet.measure(line, URL_STYLE), URL_LEADING, url);
  }
}

/** What the one who wrote it wants to say. */
function drawMemo(letter: Letter, lines: string[]): void {
  const { sheet, words, left } = letter;
  keepTogether(letter, NOTE_HEAD + 2 * NOTE_LEADING);
  letter.y += NOTE_HEAD;
  sheet.text(words.t("memo"), left, letter.y, { size: 8.5, weight: "bold", colour: SOFT });
  letter.y += 2;
  for (const line of lines) {
    keepTogether(letter, NOTE_LEADING);
    letter.y += NOTE_LEADING;
    sheet.text(line, left, letter.y, { ...NOTE_STYLE, colour: INK });
  }
}

/** What stands beside the totals, and what is too long for that and stands below. */
export type Aside = { height: number; below: number; draw: () => void; drawBelow: () => void };

/** The link to pay and the memo: beside the totals as far as they fit there. @param totals the height of the totals */
export function asideOf(letter: Letter, url: string | null, memo: string | null, totals: number): Aside {
  const { sheet, width } = letter;
  const narrow = width - TOTALS_WIDTH - GUTTER;
  const note = memo?.trim() ?? "";
  const link = url ? 14 + BUTTON + 4 + sheet.lines(url, narrow, URL_STYLE).length * URL_LEADING : 0;
  const beside = note ? sheet.lines(note, narrow, NOTE_STYLE) : [];
  const noteHeight = (lines: string[]) => (lines.length ? NOTE_HEAD + 2 + lines.length * NOTE_LEADING : 0);
  const fits = link + noteHeight(beside) <= totals;
  const wide = fits || !note ? [] : sheet.lines(note, width, NOTE_STYLE);
  return {
    height: Math.max(totals, link),
    below: noteHeight(wide),
    draw: () => {
      if (url) drawPayLink(letter, url, narrow);
      if (fits && beside.length) drawMemo(letter, beside);
    },
    drawBelow: () => {
      if (wide.length) drawMemo(letter, wide);
    },
  };
}
