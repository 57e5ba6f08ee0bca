import type Stripe from "stripe";
import { type Document, day, MARGIN, money, onPaper, printable, row, rule, title, WIDTH } from "./paper";

function head(document: Document, invoice: Stripe.Invoice): void {
  title(document, "Invoice");
  const facts: [string, string | null][] = [
    ["Invoice number", invoice.number],
    ["Status", invoice.status],
    ["Date of issue", day(invoice.effective_at)],
    ["Date due", day(invoice.due_date)],
    ["Date paid", day(invoice.status_transitions.paid_at)],
    ...(invoice.custom_fields ?? []).map(({ name, value }): [string, string] => [name, value]),
  ];
  for (const [name, value] of facts) if (value) document.text(printable(`${name}: ${value}`));
  document.moveDown();
  const { customer_address: address } = invoice;
  const city = [address?.city, address?.state, address?.postal_code].filter(Boolean).join(", ");
  const lines = [invoice.customer_name, address?.line1, address?.line2, city, address?.country, invoice.customer_email];
  document
    .font("Helvetica-Bold")
    .text(printable(invoice.account_name ?? ""))
    .moveDown(0.5);
  document.text("Bill to").font("Helvetica");
  for (const line of lines) if (line) document.text(printable(line));
  for (const { type, value } of invoice.customer_tax_ids ?? []) document.text(printable(`${type}: ${value ?? ""}`));
  document.moveDown();
}

function sums(document: Document, invoice: Stripe.Invoice): void {
  const show = (name: string, amountMinor: number, bold = false) =>
    row(document, name, "", money(amountMinor, invoice.currency), bold);
  show("Subtotal", invoice.subtotal);
  for (const { amount } of invoice.total_discount_amounts ?? []) show("Discount", -amount);
  for (const { amount, tax_behavior: behavior } of invoice.total_taxes ?? []) show(`Tax (${behavior})`, amount);
  show("Total", invoice.total, true);
  const applied = invoice.total - invoice.amount_due - invoice.pre_payment_credit_notes_amount;
  if (applied !== 0) show("Applied balance", -applied);
  if (invoice.pre_payment_credit_notes_amount > 0) show("Credit notes", -invoice.pre_payment_credit_notes_amount);
  show("Amount due", invoice.amount_due, true);
  if (invoice.amount_paid > 0) show("Amount paid", invoice.amount_paid);
}

/** The invoice on paper: plain, and saying that it comes from a stand-in. */
export function invoicePdf(invoice: Stripe.Invoice, lines: readonly Stripe.InvoiceLineItem[]): Promise<Uint8Array> {
  return onPaper(`Invoice ${invoice.number ?? ""}`, (document) => {
    head(document, invoice);
    row(document, "Description", "Qty", "Amount", true);
    rule(document);
    for (const line of lines) {
      const quantity = line.quantity === null ? "" : String(line.quantity);
      row(document, line.description ?? "", quantity, money(line.amount, line.currency));
      if (line.period.end > line.period.start)
        document
          .fontSize(8)
          .text(`${day(line.period.start)} - ${day(line.period.end)}`, MARGIN)
          .moveDown(0.4);
    }
    rule(document);
    sums(document, invoice);
    document.moveDown().fontSize(9);
    for (const text of [invoice.description, invoice.footer])
      if (text) document.text(printable(text), MARGIN, document.y, { width: WIDTH }).moveDown(0.5);
  });
}
