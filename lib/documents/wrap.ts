import LineBreaker from "linebreak";

type Measure = (text: string) => number;

/** Cuts what fits no line, between characters. */
function cut(word: string, width: number, measure: Measure): string[] {
  const parts = [""];
  for (const character of word) {
    const part = parts.at(-1) ?? "";
    if (part && measure(part + character) > width) parts.push(character);
    else parts[parts.length - 1] = part + character;
  }
  return parts;
}

/**
 * Breaks text into lines, in Chinese as well as in languages with spaces (UAX 14).
 * @param width points @param measure the width of a piece of text in points
 */
export function wrap(text: string, width: number, measure: Measure): string[] {
  if (measure(text) <= width && !text.includes("\n")) return [text];
  const lines: string[] = [];
  let line = "";
  const breaker = new LineBreaker(text);
  let from = 0;
  for (let next = breaker.nextBreak(); next; next = breaker.nextBreak()) {
    const piece = text.slice(from, next.position);
    from = next.position;
    if (measure((line + piece).trimEnd()) <= width) line += piece;
    else {
      if (line) lines.push(line.trimEnd());
      const parts = cut(piece, width, measure);
      lines.push(...parts.slice(0, -1));
      line = parts.at(-1) ?? "";
    }
    if (next.required) {
      lines.push(line.trimEnd());
      line = "";
    }
  }
  if (line) lines.push(line.trimEnd());
  return lines;
}

/** One line that fits: shortened with an ellipsis when it does not. */
export function shorten(text: string, width: number, measure: Measure): string {
  const line = text.replace(/\s+/g, " ");
  if (measure(line) <= width) return line;
  const characters = [...line];
  let [low, high] = [0, characters.length];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (measure(`${characters.slice(0, middle).join("")}…`) <= width) low = middle;
    else high = middle - 1;
  }
  return `${characters.slice(0, low).join("").trimEnd()}…`;
}
