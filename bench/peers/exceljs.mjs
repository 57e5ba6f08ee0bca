import { Writable } from "node:stream";
import exceljs from "exceljs";
import postgres from "postgres";

// The same transactions as the product's export, streamed by exceljs as its documentation shows: `exceljs.mjs database-url tenant`.
const [url, tenant] = process.argv.slice(2);
const COLUMNS = [
  ["Number", 12],
  ["Created", 19, "yyyy-mm-dd hh:mm:ss"],
  ["Processed", 19, "yyyy-mm-dd hh:mm:ss"],
  ["Type", 11],
  ["Status", 11],
  ["Amount", 14, "#,##0.00"],
  ["Fee", 12, "#,##0.00"],
  ["Net", 14, "#,##0.00"],
  ["Currency", 9],
  ["Description", 42],
  ["Source", 12],
  ["Source id", 38],
  ["Stripe payment intent", 32],
];

let bytes = 0;
let peakBytes = 0;
const note = () => {
  peakBytes = Math.max(peakBytes, process.memoryUsage.rss());
};
const timer = setInterval(note, 5);
const startedAt = performance.now();
const sink = new Writable({
  write(chunk, _encoding, done) {
    bytes += chunk.length;
    note();
    done();
  },
});
const sql = postgres(url, { max: 1 });
const workbook = new exceljs.stream.xlsx.WorkbookWriter({ stream: sink, useStyles: true, useSharedStrings: false });
const sheet = workbook.addWorksheet("Transactions", { views: [{ state: "frozen", ySplit: 1 }] });
sheet.columns = COLUMNS.map(([header, width, numFmt]) => ({ header, width, ...(numFmt && { style: { numFmt } }) }));
const rows = sql`
  select number, created_at at time zone 'America/New_York' as created, processed_at at time zone 'America/New_York' as processed,
    type, status, amount_minor::float8 / 100 as amount, fee_minor::float8 / 100 as fee, net_minor::float8 / 100 as net, currency,
    description, source_kind, source_id, stripe_payment_intent_id
  from transactions where tenant_id = ${tenant} order by created_at desc, transaction_id desc`.cursor(1_000);
for await (const some of rows) for (const row of some) sheet.addRow(Object.values(row)).commit();
sheet.commit();
await workbook.commit();
clearInterval(timer);
console.log(JSON.stringify({ wholeMs: performance.now() - startedAt, bytes, peakBytes }));
await sql.end();
