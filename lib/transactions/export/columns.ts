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

/** An instant as RFC 3339 in UTC. */
export const instant = (column: typeof t.createdAt | typeof t.processedAt): SQL =>
  sql`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;

/** The rows of an export in the order of the list: newest first. */
export const rowsOf = (scope: TenantScope, filter: TransactionFilter): SQL =>
  sql`from ${t} where ${filtered(scope, filter)} order by ${desc(t.createdAt)}, ${desc(t.transactionId)}`;
