import { type AmountProblem, parseAmount } from "@/lib/money/amount";
import type { Currency } from "@/lib/money/currency";
import type { Minor } from "@/lib/money/minor";

/** Takes off what people type around a number: spaces, the currency's sign, separators of thousands. */
export const plainDecimal = (typed: string): string => {
  const bare = typed
    .replace(/[\s\u00a0\u202f]/g, "")
    .replace(/−/g, "-")
    .replace(/^(-?)[^\d.,-]+(?=[\d.])/, "$1");
  return /^-?\d{1,3}(,\d{3})+(\.\d*)?$/.test(bare) ? bare.replaceAll(",", "") : bare;
};

export type TypedAmount =
  | { kind: "empty" }
  | { kind: "amount"; amountMinor: Minor }
  | { kind: "problem"; problem: AmountProblem };

/** Reads an amount from a form. @param typed major units, e.g. `$1,200.50` */
export function readTypedAmount(typed: string, currency: Currency, options: { signed?: boolean } = {}): TypedAmount {
  const plain = plainDecimal(typed);
  if (plain === "") return { kind: "empty" };
  const result = parseAmount(plain.replace(/\.$/, ""), currency, options);
  return typeof result === "number" ? { kind: "amount", amountMinor: result } : { kind: "problem", problem: result };
}

/** The amount, or null while the field is empty or wrong. */
export function typedMinor(typed: string, currency: Currency, options: { signed?: boolean } = {}): Minor | null {
  const read = readTypedAmount(typed, currency, options);
  return read.kind === "amount" ? read.amountMinor : null;
}
