import type { Readable } from "node:stream";
import { sql } from "drizzle-orm";
import { closePools } from "@/db/client";
import { transactions } from "@/db/schema";
import { systemScope, type TenantScope } from "@/lib/auth/scope";
import { exportPdf } from "@/lib/documents/transactions-pdf";
import type { TenantId } from "@/lib/ids";
import { toCurrency } from "@/lib/money/currency";
import type { ExportOf } from "@/lib/transactions/export/columns";
import { copyOut } from "@/lib/transactions/export/copy";
import { exportCsv } from "@/lib/transactions/export/csv";
import { exportXlsx } from "@/lib/transactions/export/xlsx";

/** One format in a process of its own: `export-run.ts format tenant`. Prints what it took as JSON. */

const of: ExportOf = { filter: {}, currency: toCurrency("USD"), timeZone: "America/New_York" };

/** The rows as they are, for comparison: what reading them costs without making anything of them. */
const plainCopy = (scope: TenantScope): Promise<Readable> =>
  copyOut(scope, sql`select * from ${transactions} where tenant_id = ${scope.tenantId}::uuid`, "format csv");

const FORMATS: Record<string, (scope: TenantScope) => Promise<Readable>> = {
  "plain COPY": plainCopy,
  CSV: (scope) => exportCsv(scope, of),
  Excel: (scope) => exportXlsx(scope, of),
  PDF: (scope) => exportPdf(scope, of),
};

const [format = "", tenantId = ""] = process.argv.slice(2);
const make = FORMATS[format];
if (!make) throw new Error(`no format is called ${format}`);
const scope = systemScope(tenantId as TenantId);

const before = process.memoryUsage.rss();
const usage = process.cpuUsage();
const startedAt = performance.now();
let [firstMs, bytes, peak] = [0, 0, before];
const note = () => {
  peak = Math.max(peak, process.memoryUsage.rss());
};
const timer = setInterval(note, 5);
for await (const chunk of await make(scope)) {
  firstMs ||= performance.now() - startedAt;
  bytes += (chunk as Buffer).length;
  note();
}
clearInterval(timer);
const wholeMs = performance.now() - startedAt;
const { user, system } = process.cpuUsage(usage);
const workMs = (user + system) / 1_000;
console.log(JSON.stringify({ firstMs, wholeMs, workMs, bytes, grownBytes: peak - before, peakBytes: peak }));
await closePools();
