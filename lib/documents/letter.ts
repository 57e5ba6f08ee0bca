import { KEEL, readableOnWhite, SOFT } from "./colour";
import { isWinAnsi } from "./fonts";
import type { Look, Movement, Setting } from "./input";
import { Sheet } from "./sheet";
import type { DocumentWords } from "./words";

const MARGIN = 56;
export const TOP = 60;
const FOOTER_LEADING = 11;
const MOST_FOOTER_LINES = 4;

/** A page in the making: where it is written on, in whose words and colour. */
export type Letter = {
  sheet: Sheet;
  words: DocumentWords;
  setting: Setting;
  /** The tenant's colour, dark enough for text. */
  accent: string;
  left: number;
  right: number;
  width: number;
  /** Nothing but the footer is below. */
  bottom: number;
  /** Where the next thing begins. */
  y: number;
};

export const accentOf = ({ colour }: Look): string => readableOnWhite(colour ?? KEEL);

/** Begins a document of a page or more. @param data everything it will say: decides about its fonts */
export function beginLetter(
  setting: Setting & { movements?: Movement[] },
  words: DocumentWords,
  { title, at }: { title: string; at: Date },
): Letter {
  const { look: _, ...said } = setting;
  const plain = setting.locale === "en" && isWinAnsi(JSON.stringify(said)) && isWinAnsi(setting.look.footer ?? "");
  const sheet = new Sheet({
    title,
    author: setting.seller.name,
    language: setting.locale,
    at,
    latin: plain ? "plain" : "embedded",
    buffered: true,
  });
  const letter: Letter = {
    sheet,
    words,
    setting,
    accent: accentOf(setting.look),
    left: MARGIN,
    right: sheet.width - MARGIN,
    width: sheet.width - 2 * MARGIN,
    bottom: sheet.height - 62 - footerLines(setting.look, sheet).length * FOOTER_LEADING,
    y: TOP,
  };
  nextPage(letter);
  return letter;
}

export function nextPage(letter: Letter): void {
  letter.sheet.addPage();
  letter.sheet.box(0, 0, letter.sheet.width, 7, letter.accent);
  letter.y = TOP;
}

/** Goes on to the next page when what follows would not stay together on this one. */
export function keepTogether(letter: Letter, height: number): void {
  if (letter.y + height > letter.bottom) nextPage(letter);
}

/** On every page: the tenant's footer, the document and its page. Ends the document. */
export function endLetter(letter: Letter, name: string): PDFKit.PDFDocument {
  const { sheet, words, setting, left, right, width } = letter;
  const { count } = sheet.doc.bufferedPageRange();
  const lines = footerLines(setting.look, sheet);
  for (let page = 0; page < count; page++) {
    sheet.doc.switchToPage(page);
    let y = sheet.height - 34 - lines.length * FOOTER_LEADING;
    sheet.rule(left, y - 14, width);
    for (const line of lines) {
      sheet.text(line, left, y, { size: 8, colour: SOFT });
      y += FOOTER_LEADING;
    }
    const style = { size: 8, colour: SOFT };
    sheet.text(`${setting.seller.name} · ${name}`, left, y, style);
    sheet.text(words.t("page", { page: page + 1, pages: count }), right, y, { ...style, align: "right" });
  }
  sheet.doc.end();
  return sheet.doc;
}

function footerLines({ footer }: Look, sheet: Sheet): string[] {
  if (!footer?.trim()) return [];
  return sheet.lines(footer.trim(), sheet.width - 2 * MARGIN, { size: 8 }).slice(0, MOST_FOOTER_LINES);
}
