import PDFDocument from "pdfkit";
import { INK, LINE, rgbOf } from "./colour";
import { isWinAnsi, type Run, runsOf, type Weight, withoutInvisible } from "./fonts";
import { wrap } from "./wrap";

export type TextStyle = { size: number; weight?: Weight; colour?: string };
export type Placed = TextStyle & { /** Which point of the text `x` is. */ align?: "left" | "center" | "right" };

type Options = {
  title: string;
  author: string;
  language: string;
  /** When the document says it was made: of the same input the bytes are the same. */
  at: Date;
  /** `plain`: text that every reader has a font for is in that font, and little work. `embedded`: all text is in embedded fonts. */
  latin: "plain" | "embedded";
  landscape?: boolean;
  /** Pages can be gone back to, until the end. */
  buffered?: boolean;
};

const A4: [number, number] = [595.28, 841.89];
/** Opened in this order, so that the document knows them as F1 and F2. */
const PLAIN: Record<Weight, string> = { regular: "Helvetica", bold: "Helvetica-Bold" };
const PLAIN_IDS: Record<Weight, string> = { regular: "F1", bold: "F2" };
/** The WinAnsi codes of characters that have another one in Unicode. */
const WIN_ANSI_CODES = new Map([..."€\0‚ƒ„…†‡ˆ‰Š‹Œ\0Ž\0\0‘’“”•–—˜™š›œ\0žŸ"].map((each, at) => [each, 0x80 + at]));

const round = (points: number) => Math.round(points * 1000) / 1000;

const operands = (colour: string): string =>
  rgbOf(colour)
    .map((part) => round(part / 255))
    .join(" ");

/** What is invisible or only another kind of space would be a hole or a question mark on paper. */
export const printable = (text: string): string =>
  /^[\x20-\x7e]*$/.test(text) ? text : withoutInvisible(text.normalize("NFC").replace(/\s/g, " "));

function literal(text: string): string {
  return text.replace(/[\\()]|[^\x20-\x7e]/g, (character) => {
    const code = WIN_ANSI_CODES.get(character) ?? character.charCodeAt(0);
    return code < 0x80 ? `\\${character}` : `\\${code.toString(8)}`;
  });
}

/** Widths of single characters in the plain fonts, in thousandths of the size. */
const widths: Record<Weight, Map<string, number>> = { regular: new Map(), bold: new Map() };

/** Pages of a document and what is drawn on them. Points from the top left corner; text stands on its baseline `y`. */
export class Sheet {
  readonly doc: PDFKit.PDFDocument;
  readonly width: number;
  readonly height: number;
  readonly #latin: Options["latin"];
  /** The plain fonts that a page has been told of. */
  #known = new WeakMap<PDFKit.PDFPage, Set<Weight>>();

  constructor({ title, author, language, at, latin, landscape = false, buffered = false }: Options) {
    this.#latin = latin;
    [this.width, this.height] = landscape ? [A4[1], A4[0]] : A4;
    this.doc = new PDFDocument({
      size: [this.width, this.height],
      margin: 0,
      pdfVersion: "1.7",
      lang: language,
      displayTitle: true,
      autoFirstPage: false,
      bufferPages: buffered,
      font: "",
      // A long report would remember every word of it.
      fontLayoutCache: buffered,
      info: { Title: title, Author: author, Creator: "Evenkeel", Producer: "Evenkeel", CreationDate: at },
    });
    if (latin === "plain") for (const name of Object.values(PLAIN)) this.doc.font(name);
  }

  addPage(): void {
    this.doc.addPage();
  }

  /** The width of a line of text in points. */
  measure(text: string, { size, weight = "regular" }: TextStyle): number {
    const line = printable(text);
    return this.#isPlain(line) ? this.#plainWidth(line, size, weight) : this.#runsWidth(runsOf(line, weight), size);
  }

  /** Breaks text into lines of at most that many points. */
  lines(text: string, width: number, style: TextStyle): string[] {
    return wrap(text, width, (part) => this.measure(part, style));
  }

  /** Writes one line. */
  text(text: string, x: number, y: number, { size, weight = "regular", colour = INK, align = "left" }: Placed): void {
    const line = printable(text);
    if (!line) return;
    if (this.#isPlain(line)) {
      const left = align === "left" ? x : x - this.#plainWidth(line, size, weight) / (align === "right" ? 1 : 2);
      this.#writePlain(line, left, y, { size, weight, colour });
      return;
    }
    const runs = runsOf(line, weight);
    let left = align === "left" ? x : x - this.#runsWidth(runs, size) / (align === "right" ? 1 : 2);
    for (const run of runs) {
      this.#embedded(run, size).fillColor(colour).text(run.text, left, y, { lineBreak: false, baseline: "alphabetic" });
      left += this.doc.widthOfString(run.text);
    }
  }

  rule(x: number, y: number, width: number, colour = LINE, thickness = 0.6): void {
    const end = `${round(x + width)} ${round(y)}`;
    this.doc.addContent(`${operands(colour)} RG ${thickness} w ${round(x)} ${round(y)} m ${end} l S`);
  }

  box(x: number, y: number, width: number, height: number, colour: string, radius = 0): void {
    if (radius) this.doc.roundedRect(x, y, width, height, radius).fill(colour);
    else this.doc.rect(x, y, width, height).fill(colour);
  }

  frame(x: number, y: number, width: number, height: number, colour: string, radius: number): void {
    this.doc.roundedRect(x, y, width, height, radius).lineWidth(1.1).strokeColor(colour).stroke();
  }

  #isPlain = (line: string): boolean => this.#latin === "plain" && isWinAnsi(line);

  #plainWidth(line: string, size: number, weight: Weight): number {
    const known = widths[weight];
    let width = 0;
    for (const character of line) {
      const one = known.get(character) ?? this.doc.font(PLAIN[weight], 1000).widthOfString(character);
      known.set(character, one);
      width += one;
    }
    return (width * size) / 1000;
  }

  #embedded({ face }: Run, size: number): PDFKit.PDFDocument {
    return this.doc.font(face.font as unknown as PDFKit.Mixins.PDFFontSource, face.key, size);
  }

  #runsWidth(runs: Run[], size: number): number {
    return runs.reduce((width, run) => width + this.#embedded(run, size).widthOfString(run.text), 0);
  }

  /**
   * A report has a million pieces of text: all but a page's first in a font are written as the operators they are (ISO 32000-1, 9.4),
   * which is 20 times as fast as by pdfkit. The first tells the page of the font.
   */
  #writePlain(line: string, x: number, y: number, { size, weight, colour }: Required<TextStyle>): void {
    const known = this.#known.get(this.doc.page) ?? new Set();
    this.#known.set(this.doc.page, known);
    if (!known.has(weight)) {
      known.add(weight);
      this.doc
        .font(PLAIN[weight], size)
        .fillColor(colour)
        .text(line, x, y, { lineBreak: false, baseline: "alphabetic" });
      return;
    }
    this.doc.addContent(
      `BT ${operands(colour)} rg /${PLAIN_IDS[weight]} ${size} Tf 1 0 0 -1 ${round(x)} ${round(y)} Tm (${literal(line)}) Tj ET`,
    );
  }
}
