import type Stripe from "stripe";
import { day, MARGIN, money, onPaper, printable, row, rule, title, WIDTH } from "../invoices/paper";

const REASONS: Record<string, string> = {
  duplicate: "Duplicate",
  fraudulent: "Fraudulent",
  order_change: "Order change",
  product_unsatisfactory: "Product unsatisfactory",
};

/** The credit note on paper: plain, and saying that it comes from a stand-in. */
export function creditNotePdf(
  note: Stripe.CreditNote,
  invoice: Stripe.Invoice,
  lines: readonly Stripe.CreditNoteLineItem[],
): Promise<Uint8Array> {
  const amount = (minor: number) => money(minor, note.currency);
  return onPaper(`Credit note ${note.number}`, (document) => {
    title(document, "Credit note");
    const facts: [string, string | null][] = [
      ["Credit note number", note.number],
      ["Invoice number", invoice.number],
      ["Status", note.status],
      ["Date of issue", day(note.effective_at)],
      ["Reason", note.reason && (REASONS[note.reason] ?? note.reason)],
    ];
    for (const [name, value] of facts) if (value) document.text(printable(`${name}: ${value}`));
    document.moveDown().font("Helvetica-Bold").text("Credited to").font("Helvetica");
    for (const line of [invoice.customer_name, invoice.customer_email]) if (line) document.text(printable(line));
    document.moveDown();
    row(document, "Description", "Qty", "Amount", true);
    rule(document);
    for (const line of lines)
      row(
        document,
        line.description ?? "Credit",
        line.quantity === null ? "" : String(line.quantity),
        amount(line.amount),
      );
    rule(document);
    row(document, "Subtotal", "", amount(note.subtotal));
    if (note.discount_amount > 0) row(document, "Discount", "", amount(-note.discount_amount));
    for (const tax of note.total_taxes ?? []) row(document, `Tax (${tax.tax_behavior})`, "", amount(tax.amount));
    row(document, "Total credited", "", amount(note.total), true);
    if (note.memo) document.moveDown().fontSize(9).text(printable(note.memo), MARGIN, document.y, { width: WIDTH });
  });
}
