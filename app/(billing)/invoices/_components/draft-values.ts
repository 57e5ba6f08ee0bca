import { plainDecimal, typedMinor } from "@/components/money/typed-amount";
import { AppError, type FieldError } from "@/lib/errors";
import type { DraftInput } from "@/lib/invoices/drafts";
import { QUANTITY_DECIMALS, type WrittenLine } from "@/lib/invoices/lines";
import type { Currency } from "@/lib/money/currency";
import { endOfDayNamed } from "@/lib/recharge/calendar";

/** A line as it is typed. */
export type TypedLine = { description: string; quantity: string; unit: string };
export type LineProblem = "description" | "quantity" | "unit";

const QUANTITY = new RegExp(`^\\d{1,10}(\\.\\d{1,${QUANTITY_DECIMALS}})?$`);

/** The line, or what is wrong with it. */
export function readLine(typed: TypedLine, currency: Currency): WrittenLine | LineProblem {
  const description = typed.description.trim();
  const quantity = plainDecimal(typed.quantity);
  const unitMinor = typedMinor(typed.unit, currency);
  if (!QUANTITY.test(quantity) || Number(quantity) <= 0) return "quantity";
  if (unitMinor === null) return "unit";
  return description ? { description, quantity, unitMinor } : "description";
}

/** Lines that can be priced already, whether they say what they are for or not. */
export const pricedLines = (lines: TypedLine[], currency: Currency): WrittenLine[] =>
  lines.flatMap((typed) => {
    const read = readLine({ ...typed, description: typed.description || "–" }, currency);
    return typeof read === "string" ? [] : [read];
  });

/**
 * The form as the product understands it; a due day is due when it ends for the tenant.
 * @throws AppError invalid_request with the fields that are wrong
 */
export function readDraft(
  form: { lines: TypedLine[]; due: string; memo: string },
  currency: Currency,
  timeZone: string,
): DraftInput {
  const read = form.lines.map((line) => readLine(line, currency));
  const fields = read.flatMap((line, index): FieldError[] =>
    typeof line === "string" ? [{ path: `lines.${index}.${line}`, message: line }] : [],
  );
  if (fields.length > 0) throw new AppError("invalid_request", undefined, { fields });
  return {
    lines: read.filter((line) => typeof line !== "string"),
    dueAt: form.due ? endOfDayNamed(form.due, timeZone) : null,
    memo: form.memo || null,
  };
}
