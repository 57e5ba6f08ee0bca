import { INK, LINE, PALE, SOFT } from "./colour";
import type { Movement } from "./input";
import { keepTogether, type Letter } from "./letter";

/** A line below the table. `sum`: what the lines above it add up to; `due`: the figure that the reader looks for. */
export type TotalLine = { label: string; value: string; kind?: "sum" | "due" };

export const TOTALS_WIDTH = 250;
const LEADING = 18;
const DUE = 28;

const heightOf = (line: TotalLine) => (line.kind === "due" ? DUE + 6 : LEADING);
export const totalsHeight = (lines: TotalLine[]): number => lines.reduce((sum, line) => sum + heightOf(line), 14);

/** Subtotal to amount due. The caller sees to it that there is room for all of it. */
export function drawTotals(letter: Letter, lines: TotalLine[]): void {
  const { sheet, right, accent } = letter;
  const left = right - TOTALS_WIDTH;
  letter.y += 10;
  for (const [at, { label, value, kind }] of lines.entries()) {
    const { y } = letter;
    if (kind === "due") {
      sheet.box(left, y + 4, TOTALS_WIDTH, DUE, PALE, 4);
      sheet.text(label, left + 10, y + 22, { size: 10.5, weight: "bold", colour: accent });
      sheet.text(value, right - 8, y + 22, { size: 11.5, weight: "bold", colour: accent, align: "right" });
    } else {
      const style = { size: 9.5, weight: kind === "sum" ? ("bold" as const) : ("regular" as const) };
      if (kind === "sum" && at > 0) sheet.rule(left + 10, y + 2, TOTALS_WIDTH - 10, LINE, 0.8);
      sheet.text(label, left + 10, y + 14, { ...style, colour: kind === "sum" ? INK : SOFT });
      sheet.text(value, right - 8, y + 14, { ...style, align: "right" });
    }
    letter.y += heightOf({ label, value, ...(kind && { kind }) });
  }
  letter.y += 4;
}

const MOVEMENT = 16;
export const movementsHeight = (movements: Movement[]): number =>
  movements.length === 0 ? 0 : 34 + Math.min(movements.length, 3) * MOVEMENT;

function labelOf({ words: { t } }: Letter, { kind, detail }: Movement): string {
  if (kind === "payment") return detail ? t("movements.paymentBy", { method: detail }) : t("movements.payment");
  if (kind === "credit_note") return t("movements.creditNote", { number: detail ?? "" });
  if (kind === "refund" && detail) return t("movements.refundNoted", { number: detail });
  if (kind === "returned") return t("movements.returned");
  return t(kind === "refund" ? "movements.refund" : "movements.refundPending");
}

/** What was paid, given back and credited, with its dates. */
export function drawMovements(letter: Letter, movements: Movement[]): void {
  if (movements.length === 0) return;
  keepTogether(letter, movementsHeight(movements));
  const { sheet, words, left, right } = letter;
  letter.y += 24;
  sheet.text(words.t("movements.title"), left, letter.y, { size: 8.5, weight: "bold", colour: SOFT });
  letter.y += 4;
  for (const movement of movements) {
    keepTogether(letter, MOVEMENT);
    letter.y += MOVEMENT;
    sheet.text(words.day(movement.at), left, letter.y, { size: 9.5, colour: SOFT });
    sheet.text(labelOf(letter, movement), left + 120, letter.y, { size: 9.5 });
    sheet.text(words.money(movement.amountMinor), right - 8, letter.y, { size: 9.5, align: "right" });
  }
}
