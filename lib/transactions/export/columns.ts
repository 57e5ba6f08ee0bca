import { desc, type SQL, sql } from "drizzle-orm";
import { transactions as t } from "@/db/schema";
import type { TenantScope } from "@/lib/auth/scope";
import { type Currency, decimalsOf } from "@/lib/money/currency";
import { filtered, type TransactionFilter } from "../queries";

/** What an export is of. */
export type ExportOf = { filter: TransactionFilter; currency: Currency; timeZone: string };

export type AmountColumn = typeof t.amountMinor | typeof t.feeMinor | typeof t.netMinor;

/** An amount in major units with all of its decimals; exact. */
export function decimal(column: AmountColumn, currency: Currency): SQL {
  const decimals = decimalsOf(currency);
  // A product has as many decimals as its factors have, and takes PostgreSQL half as long as a quotient.
  return sql`(${column} * ${sql.raw((1 / 10 ** decimals).toFixed(decimals))}::numeric)`;
}

/**
 * An instant as RFC 3339 in UTC, which is the time zone of an export. JSON's text of it is cut to the second: PostgreSQL writes that
 * sooner than what `to_char` is given a pattern for.
 */
export const instant = (column: typeof t.createdAt | typeof t.processedAt): SQL =>
  sql`substr(to_json(${column})::text, 2, 19) || 'Z'`;

/** The rows of an export in the order of the list: newest first. */
export const rowsOf = (scope: TenantScope, filter: TransactionFilter): SQL =>
  sql`from ${t} where ${filtered(scope, filter)} order by ${desc(t.createdAt)}, ${desc(t.transactionId)}`;
