import { Readable } from "node:stream";
import { setImmediate as turn } from "node:timers/promises";
import { withTenant } from "@/db/client";
import type { TenantScope } from "@/lib/auth/scope";
import { now } from "@/lib/clock";
import type { ExportOf } from "@/lib/transactions/export/columns";
import { readSetting } from "./read-setting";
import { beginReport, drawReportHead, nextReportPage, type Report } from "./report";
import { type ReportRow, readReport } from "./report-rows";
import { drawReportRow, endReport } from "./report-table";

/** What was written of the document so far and not handed on yet. */
function* written({ sheet }: Report): Generator<Buffer> {
  for (let chunk = sheet.doc.read() as Buffer | null; chunk; chunk = sheet.doc.read() as Buffer | null) yield chunk;
}

async function* pages(report: Report, rows: AsyncIterable<ReportRow>, end: () => void): AsyncGenerator<Buffer> {
  try {
    drawReportHead(report);
    yield* written(report);
    for await (const row of rows) {
      if (report.isFull()) {
        nextReportPage(report);
        yield* written(report);
        // A page is some milliseconds of work: others have their turn in between.
        await turn();
      }
      drawReportRow(report, row);
    }
    endReport(report);
    yield* written(report);
  } finally {
    end();
  }
}

/**
 * The transactions of an export as PDF, with what they come to at the end. Written while it is read: memory stays flat however
 * many rows there are.
 * @throws AppError not_found
 */
export async function exportPdf(scope: TenantScope, asked: ExportOf): Promise<Readable> {
  const setting = await withTenant(scope, (tx) => readSetting(tx, scope.tenantId, asked.currency));
  const { sums, rows, end } = await readReport(scope, asked);
  const report = beginReport({ ...setting, timeZone: asked.timeZone }, { filter: asked.filter, sums, at: now() });
  return Readable.from(pages(report, rows, end), { objectMode: false });
}
