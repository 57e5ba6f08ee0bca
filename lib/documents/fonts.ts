import { readFileSync } from "node:fs";
import path from "node:path";
import * as fontkit from "fontkit";

export type Weight = "regular" | "bold";
export type Face = { key: string; font: fontkit.Font };

/** Text in one typeface of those that are embedded. */
export type Run = { text: string; face: Face };

const FOLDER = path.join(process.cwd(), "assets", "fonts");
const HAN = "noto-sans-sc-chinese-simplified";
/** Latin letters beside those of other alphabets, so that a word is of one design. */
const ALPHABETS = [
  "noto-sans-latin",
  "noto-sans-latin-ext",
  "noto-sans-cyrillic",
  "noto-sans-greek",
  "noto-sans-vietnamese",
];

/** What the fonts of every reader can show: WinAnsi without its control characters (ISO 32000-1, annex D). */
const WIN_ANSI = /^[\x20-\x7e\xa0-\xff€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]*$/;
/** Symbols in one weight; what several characters make together is one glyph of it. */
const EMOJI = "noto-emoji";
/** Shown for a character that no font has. */
const MISSING = "?";

const MAY_BE_EMOJI = /\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3/u;
/** One emoji of UTS 51 with all the characters that make it; as text, since the compiler's target does not know the flag yet. */
const EMOJI_SEQUENCE = String.raw`\p{RGI_Emoji}`;
const SYMBOLS = new RegExp(`${EMOJI_SEQUENCE}|.`, "gsv");
const INVISIBLE = new RegExp(String.raw`(${EMOJI_SEQUENCE})|[\p{Cc}\p{Cf}]|\p{Variation_Selector}`, "gv");

/** Takes off what has no shape, but for what joins the parts of an emoji. */
export const withoutInvisible = (text: string): string =>
  MAY_BE_EMOJI.test(text) ? text.replace(INVISIBLE, "$1") : text.replace(/[\p{Cc}\p{Cf}]|\p{Variation_Selector}/gu, "");

const symbolsOf = (word: string): string[] => (MAY_BE_EMOJI.test(word) ? (word.match(SYMBOLS) ?? []) : [...word]);

export const isWinAnsi = (text: string): boolean => WIN_ANSI.test(text);

const faces = new Map<string, Face>();

/** Opened once per process: reading a font takes longer than writing a page. */
function faceOf(name: string, weight: Weight): Face {
  const key = `${name}-${weight === "bold" && name !== EMOJI ? 700 : 400}`;
  const known = faces.get(key);
  if (known) return known;
  const opened = fontkit.create(readFileSync(path.join(FOLDER, `${key}.ttf`)));
  if (opened.type !== "TTF") throw new Error(`${key} is not a TrueType font`);
  const face = { key, font: opened };
  faces.set(key, face);
  return face;
}

const has = (face: Face, symbol: string) =>
  [...symbol].every((character) => face.font.hasGlyphForCodePoint(character.codePointAt(0) ?? 0));

/** The typefaces to look for a word's letters in: Chinese ones first, unless the word has letters that they lack. */
function facesFor(word: string, weight: Weight): Face[] {
  const han = faceOf(HAN, weight);
  if ([...word].every((character) => has(han, character))) return [han];
  return [...ALPHABETS.map((name) => faceOf(name, weight)), han];
}

function emojiFace(symbol: string, weight: Weight): Face | undefined {
  if (!MAY_BE_EMOJI.test(symbol)) return undefined;
  const face = faceOf(EMOJI, weight);
  return has(face, symbol) ? face : undefined;
}

/** Splits a line into runs of one embedded typeface each; what none of them has becomes a question mark. */
export function runsOf(text: string, weight: Weight): Run[] {
  const runs: Run[] = [];
  for (const word of text.match(/ +|[^ ]+/g) ?? []) {
    const candidates = facesFor(word, weight);
    for (const symbol of symbolsOf(word)) {
      const face = candidates.find((each) => has(each, symbol)) ?? emojiFace(symbol, weight);
      const shown = face ? symbol : MISSING;
      const last = runs.at(-1);
      const chosen = face ?? candidates[0];
      if (!chosen) continue;
      if (last && last.face === chosen) last.text += shown;
      else runs.push({ text: shown, face: chosen });
    }
  }
  return runs;
}
