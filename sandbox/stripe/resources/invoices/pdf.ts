import PDFDocument from "pdfkit";
import type Stripe from "stripe";

const MARGIN = 50;
const WIDTH = 595.28 - 2 * MARGIN;
const COLUMNS = { text: 0, quantity: 300, amount: 380 } as const;
const BOTTOM = 770;
const NOTICE = "Made by a local stand-in for Stripe, for rehearsals. Not a real invoice; nobody owes or paid anything.";

type Document = InstanceType<typeof PDFDocument>;

function money(amountMinor: number, currency: string): string {
  const format = new Intl.NumberFormat("en-US", { style: "currency", currency, currencyDisplay: "code" });
  return format
    .format(amountMinor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2))
    .replace(/\u00a0/g, " ");
}

function day(unix: number | null): string {
  if (unix === null) return "";
  return new Intl.DateTimeFormat("en-US", { dateStyle: "long", timeZone: "UTC" }).format(unix * 1000);
}

/** The fonts that every reader has know Latin letters only. */
function printable(text: string): string {
  return text.replace(/[^\u0020-\u007e\u00a1-\u00ff\u2013\u2014\u2018\u2019\u201c\u201d\u20ac]/gu, "?");
}

function row(document: Document, text: string, quantity: string, amount: string, bold = false): void {
  if (document.y > BOTTOM) document.addPage();
  const { y } = document;
  document.font(bold ? "Helvetica-Bold" : "Helvetica").fontSize(10);
  document.text(quantity, MARGIN + COLUMNS.quantity, y, { width: 70, align: "right" });
  document.text(amount, MARGIN + COLUMNS.amount, y, { width: WIDTH - COLUMNS.amount, align: "right" });
  document.text(printable(text), MARGIN, y, { width: COLUMNS.quantity - 10 });
  document.moveDown(0.4);
}

function rule(document: Document): void {
  document
    .moveTo(MARGIN, document.y)
    .lineTo(MARGIN + WIDTH, document.y)
    .lineWidth(0.5)
    .strokeColor("#999")
    .stroke();
  document.moveDown(0.5);
}

function head(document: Document, invoice: Stripe.Invoice): void {
  document.font("Helvetica-Bold").fontSize(22).text("Invoice").moveDown(0.3);
  document.font("Helvetica").fontSize(9).fillColor("#a00").text(NOTICE).fillColor("#000").moveDown();
  document.fontSize(10);
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
export async function invoicePdf(
  invoice: Stripe.Invoice,
  lines: readonly Stripe.InvoiceLineItem[],
): Promise<Uint8Array> {
  const document = new PDFDocument({ size: "A4", margin: MARGIN, info: { Title: `Invoice ${invoice.number ?? ""}` } });
  const chunks: Buffer[] = [];
  const done = new Promise<Uint8Array>((resolve, reject) => {
    document.on("data", (chunk: Buffer) => chunks.push(chunk));
    document.on("end", () => resolve(Buffer.concat(chunks)));
    document.on("error", reject);
  });
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
  document.end();
  return done;
}
