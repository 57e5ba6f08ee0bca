import { systemSql } from "@/db/client";
import { type Currency, toCurrency } from "@/lib/money/currency";
import { type Minor, toMinor } from "@/lib/money/minor";

export type Deferred = { deferredMinor: Minor; owedMinor: Minor };

/** Prepaid money that is not used up yet, and what customers have used beyond theirs, by currency. Never set off against each other. */
export async function readDeferred(): Promise<Map<Currency, Deferred>> {
  const rows = await systemSql()<{ currency: string; deferred: string; owed: string }[]>`
    select currency, coalesce(sum(balance_minor) filter (where balance_minor > 0), 0) as deferred,
      -coalesce(sum(balance_minor) filter (where balance_minor < 0), 0) as owed
    from ledger_accounts where account = 'prepaid' group by currency`;
  return new Map(
    rows.map((row) => [
      toCurrency(row.currency),
      { deferredMinor: toMinor(Number(row.deferred)), owedMinor: toMinor(Number(row.owed)) },
    ]),
  );
}
