import type { InvoiceDocument } from "@/lib/documents/input";
import { invoice, line } from "@/lib/documents/testing";
import { toMinor } from "@/lib/money/minor";

const LINES = 20;

/** An invoice of twenty lines. */
export function invoiceOf(number: number): InvoiceDocument {
  const lines = Array.from({ length: LINES }, (_, at) =>
    line({
      description: `Messages of team ${at + 1}, November`,
      quantity: `${at + 1}.000000`,
      amountMinor: toMinor(9_900 * (at + 1)),
    }),
  );
  return invoice(lines, { number: `INV-${String(number).padStart(6, "0")}` });
}
