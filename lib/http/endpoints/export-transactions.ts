import type { Readable } from "node:stream";
import { z } from "zod";
import type { TenantScope } from "@/lib/auth/scope";
import { now } from "@/lib/clock";
import { exportPdf } from "@/lib/documents/transactions-pdf";
import { getTenant } from "@/lib/tenants/queries";
import type { ExportOf } from "@/lib/transactions/export/columns";
import { exportCsv } from "@/lib/transactions/export/csv";
import { exportXlsx } from "@/lib/transactions/export/xlsx";
import { countTransactions } from "@/lib/transactions/queries";
import { endpoint } from "../endpoint";
import { checkRange } from "../fields";
import { toFilter, transactionFilters } from "./transactions";

const FORMATS = ["csv", "xlsx", "pdf"] as const;
type Format = (typeof FORMATS)[number];

const MEDIA: Record<Format, string> = {
  csv: "text/csv; charset=utf-8",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  pdf: "application/pdf",
};

const MAKE: Record<Format, (scope: TenantScope, of: ExportOf) => Promise<Readable>> = {
  csv: exportCsv,
  xlsx: exportXlsx,
  pdf: exportPdf,
};

export const getExport = endpoint({
  method: "GET",
  path: "/transactions/export/{format}",
  tag: "Transactions",
  summary: "Export transactions as CSV, Excel or PDF",
  description:
    "The same filters as the list, sent as it is made; `X-Total-Count` says how many rows come. CSV has times in UTC, Excel and PDF in the tenant's time zone.",
  access: { role: "member", scope: "transactions:read" },
  params: z.object({ format: z.enum(FORMATS) }),
  query: z.strictObject(transactionFilters).superRefine(checkRange),
  answer: { status: 200, description: "The file", mediaTypes: Object.values(MEDIA) },
  handle: async ({ scope, params: { format }, query, currency }) => {
    const filter = toFilter(query);
    const { slug, timeZone } = await getTenant(scope);
    const count = await countTransactions(scope, filter);
    const name = `transactions-${slug}-${now().toISOString().slice(0, 10)}.${format}`;
    return {
      stream: await MAKE[format](scope, { filter, currency, timeZone }),
      headers: {
        "Content-Type": MEDIA[format],
        "Content-Disposition": `attachment; filename="${name}"`,
        "X-Total-Count": String(count),
      },
    };
  },
});
