import type { Readable } from "node:stream";
import { sql } from "drizzle-orm";
import { transactions as t } from "@/db/schema";
import type { TenantScope } from "@/lib/auth/scope";
import { type AmountColumn, decimal, type ExportOf, instant, rowsOf } from "./columns";
import { copyOut } from "./copy";

/** Code points of what a spreadsheet takes for the start of a formula: tab, carriage return, plus, minus, equals, at. */
const FORMULA_STARTS = [9, 13, 43, 45, 61, 64].join(", ");

/**
 * The transactions as CSV (RFC 4180, UTF-8), written by the database. Text that a spreadsheet would take for a formula is marked
 * as text by an apostrophe.
 */
export function exportCsv(scope: TenantScope, { filter, currency }: ExportOf): Promise<Readable> {
  const amount = (column: AmountColumn) => decimal(column, currency);
  return copyOut(
    scope,
    sql`select ${t.number} as "number", ${instant(t.createdAt)} as "created_at", ${instant(t.processedAt)} as "processed_at",
      ${t.type} as "type", ${t.status} as "status", ${amount(t.amountMinor)} as "amount", ${amount(t.feeMinor)} as "fee",
      ${amount(t.netMinor)} as "net", ${t.currency} as "currency",
      case when ascii(${t.description}) in (${sql.raw(FORMULA_STARTS)}) then '''' || ${t.description} else ${t.description} end as "description",
      ${t.sourceKind} as "source", ${t.sourceId} as "source_id", ${t.stripePaymentIntentId} as "stripe_payment_intent_id"
      ${rowsOf(scope, filter)}`,
    "format csv, header",
  );
}
