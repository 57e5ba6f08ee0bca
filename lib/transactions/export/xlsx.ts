import { Readable } from "node:stream";
import { type SQL, sql } from "drizzle-orm";
import { ZipFile } from "yazl";
import { transactions as t } from "@/db/schema";
import type { TenantScope } from "@/lib/auth/scope";
import { decimalsOf } from "@/lib/money/currency";
import { type AmountColumn, decimal, type ExportOf, rowsOf } from "./columns";
import { copyOut } from "./copy";

const HEADINGS = [
  "Number",
  "Created",
  "Processed",
  "Type",
  "Status",
  "Amount",
  "Fee",
  "Net",
  "Currency",
  "Description",
  "Source",
  "Source id",
  "Stripe payment intent",
];
const WIDTHS = [12, 19, 19, 11, 11, 14, 12, 14, 9, 42, 12, 38, 32];

/** Styles of cells, by their place in styles.xml. */
const STYLE = { heading: 1, date: 2, money: 3 };

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/** The parts of a workbook with one sheet, beside the sheet itself (ECMA-376). */
function parts(decimals: number): Record<string, string> {
  const money = decimals === 0 ? "#,##0" : `#,##0.${"0".repeat(decimals)}`;
  return {
    "[Content_Types].xml": `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${MIME}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${MIME}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${MIME}.styles+xml"/></Types>`,
    "_rels/.rels": `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    "xl/workbook.xml": `${XML}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="Transactions" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`,
    "xl/styles.xml": `${XML}<styleSheet xmlns="${MAIN}"><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/><numFmt numFmtId="165" formatCode="${money}"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs></styleSheet>`,
  };
}

const cell = (text: string) => `<c t="inlineStr" s="${STYLE.heading}"><is><t xml:space="preserve">${text}</t></is></c>`;

function sheetStart(timeZone: string): string {
  const columns = WIDTHS.map((width, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`);
  const headings = HEADINGS.map((text) => cell(/ed$/.test(text) ? `${text} (${timeZone})` : text));
  return `${XML}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${columns.join("")}</cols><sheetData><row>${headings.join("")}</row>`;
}

/** Text as XML: what COPY or XML would read otherwise is written as a reference, what neither can hold is left out. */
const escaped = (column: SQL): SQL =>
  sql`replace(replace(replace(replace(replace(replace(replace(regexp_replace(${column}, '[\x01-\x08\x0B\x0C\x0E-\x1F]', '', 'g'), '&', '&amp;'), '<', '&lt;'), '>', '&gt;'), E'\\\\', '&#92;'), E'\\n', '&#10;'), E'\\r', '&#13;'), E'\\t', '&#9;')`;

const textCell = (text: SQL): SQL =>
  sql`coalesce('<c t="inlineStr"><is><t xml:space="preserve">' || ${text} || '</t></is></c>', '<c/>')`;
/** Spreadsheets count days from 1899-12-30, in local time. */
const dateCell = (column: SQL, timeZone: string): SQL =>
  sql`coalesce('<c s="${sql.raw(String(STYLE.date))}"><v>' || date_part('epoch', ${column} at time zone ${timeZone}) / 86400 + 25569 || '</v></c>', '<c/>')`;
const moneyCell = (amount: SQL): SQL => sql`'<c s="${sql.raw(String(STYLE.money))}"><v>' || ${amount} || '</v></c>'`;

type WordColumn = typeof t.number | typeof t.type | typeof t.status | typeof t.currency | typeof t.sourceKind;
type TextColumn = typeof t.description | typeof t.sourceId | typeof t.stripePaymentIntentId;

async function* sheet(rows: AsyncIterable<Buffer>, timeZone: string): AsyncGenerator<Buffer> {
  yield Buffer.from(sheetStart(timeZone));
  yield* rows;
  yield Buffer.from("</sheetData></worksheet>");
}

/**
 * The transactions as an Excel workbook: the database writes the rows, the stream zips them. Amounts are numbers, times are those
 * of the tenant's time zone.
 */
export async function exportXlsx(scope: TenantScope, { filter, currency, timeZone }: ExportOf): Promise<Readable> {
  const text = (column: TextColumn) => textCell(escaped(sql`${column}`));
  // Words and numbers of our own have nothing to escape, and that takes longer than the rest of a cell.
  const word = (column: WordColumn) => textCell(sql`${column}`);
  const amount = (column: AmountColumn) => moneyCell(decimal(column, currency));
  const rows = await copyOut(
    scope,
    sql`select '<row>' || ${word(t.number)} || ${dateCell(sql`${t.createdAt}`, timeZone)} || ${dateCell(sql`${t.processedAt}`, timeZone)}
      || ${word(t.type)} || ${word(t.status)} || ${amount(t.amountMinor)} || ${amount(t.feeMinor)} || ${amount(t.netMinor)}
      || ${word(t.currency)} || ${text(t.description)} || ${word(t.sourceKind)} || ${text(t.sourceId)} || ${text(t.stripePaymentIntentId)}
      || '</row>' ${rowsOf(scope, filter)}`,
    "format text",
  );
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(parts(decimalsOf(currency)))) zip.addBuffer(Buffer.from(content), name);
  const content = Readable.from(sheet(rows, timeZone), { objectMode: false });
  rows.once("error", (error) => content.destroy(error));
  // Compressing is what an export waits for. An eighth more in size than by default takes a fifth less time.
  zip.addReadStream(content, "xl/worksheets/sheet1.xml", { compressionLevel: 3 });
  zip.end();
  const out = zip.outputStream as Readable;
  content.once("error", (error) => out.destroy(error));
  out.once("close", () => rows.destroy());
  return out;
}
