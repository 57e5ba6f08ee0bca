import type { Invoice } from "@/lib/invoices/queries";
import { decimalsOf } from "@/lib/money/currency";
import { dayName } from "@/lib/recharge/calendar";
import type { SavedDraft } from "./draft-form";

/** `2.500000` → `2.5`; as many decimals stay as are asked for. */
export function shortDecimal(decimal: string, keep = 0): string {
  const [whole = "0", fraction = ""] = decimal.split(".");
  const kept = fraction.replace(/0+$/, "").padEnd(keep, "0");
  return kept ? `${whole}.${kept}` : whole;
}

/** A draft as its form shows it. The due day is the one that ends at the instant it is due. */
export const savedDraft = (invoice: Invoice, timeZone: string): SavedDraft => ({
  lines: invoice.lines.map(({ description, quantity, unitAmount }) => ({
    description,
    quantity: shortDecimal(quantity),
    unit: shortDecimal(unitAmount, decimalsOf(invoice.currency)),
  })),
  due: invoice.dueAt ? dayName(new Date(invoice.dueAt.getTime() - 1), timeZone) : "",
  memo: invoice.memo ?? "",
});
