import PDFDocument from "pdfkit";

export const MARGIN = 50;
export const WIDTH = 595.28 - 2 * MARGIN;
const COLUMNS = { text: 0, quantity: 300, amount: 380 } as const;
const BOTTOM = 770;
const NOTICE =
  "Made by a local stand-in for Stripe, for rehearsals. Not a real document; nobody owes or paid anything.";

/** A page being written. */
export type Document = InstanceType<typeof PDFDocument>;

/** `$12.50` as `USD 12.50`. */
export function money(amountMinor: number, currency: string): string {
  const format = new Intl.NumberFormat("en-US", { style: "currency", currency, currencyDisplay: "code" });
  return format
    .format(amountMinor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2))
    .replace(/\u00a0/g, " ");
}

/** A date as it is printed; empty for none. */
export function day(unix: number | null): string {
  if (unix === null) return "";
  return new Intl.DateTimeFormat("en-US", { dateStyle: "long", timeZone: "UTC" }).format(unix * 1000);
}

/** The fonts that every reader has know Latin letters only. */
export function printable(text: string): string {
  return text.replace(/[^\u0020-\u007e\u00a1-\u00ff\u2013\u2014\u2018\u2019\u201c\u201d\u20ac]/gu, "?");
}

/** One line of the table. */
export function row(document: Document, text: string, quantity: string, amount: string, bold = false): void {
  if (document.y > BOTTOM) document.addPage();
  const { y } = document;
  document.font(bold ? "Helvetica-Bold" : "Helvetica").fontSize(10);
  document.text(quantity, MARGIN + COLUMNS.quantity, y, { width: 70, align: "right" });
  document.text(amount, MARGIN + COLUMNS.amount, y, { width: WIDTH - COLUMNS.amount, align: "right" });
  document.text(printable(text), MARGIN, y, { width: COLUMNS.quantity - 10 });
  document.moveDown(0.4);
}

/** A line across the page. */
export function rule(document: Document): void {
  document
    .moveTo(MARGIN, document.y)
    .lineTo(MARGIN + WIDTH, document.y)
    .lineWidth(0.5)
    .strokeColor("#999")
    .stroke();
  document.moveDown(0.5);
}

/** Title, and that this is no real document. */
export function title(document: Document, text: string): void {
  document.font("Helvetica-Bold").fontSize(22).text(text).moveDown(0.3);
  document.font("Helvetica").fontSize(9).fillColor("#a00").text(NOTICE).fillColor("#000").moveDown();
  document.fontSize(10);
}

/** Writes a document and gives its bytes. */
export function onPaper(name: string, write: (document: Document) => void): Promise<Uint8Array> {
  const document = new PDFDocument({ size: "A4", margin: MARGIN, info: { Title: name } });
  const chunks: Buffer[] = [];
  const done = new Promise<Uint8Array>((resolve, reject) => {
    document.on("data", (chunk: Buffer) => chunks.push(chunk));
    document.on("end", () => resolve(Buffer.concat(chunks)));
    document.on("error", reject);
  });
  write(document);
  document.end();
  return done;
}
