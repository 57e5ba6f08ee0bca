import { and, desc, eq, inArray, lt, sql } from "drizzle-orm";
import type { Reader } from "@/db/client";
import { ledgerAccounts, ledgerEntries, ledgerTransactions } from "@/db/schema";
import type { TenantId } from "@/lib/ids";
import type { Currency } from "@/lib/money/currency";
import type { Minor } from "@/lib/money/minor";

export type LedgerEntry = {
  entryId: string;
  amountMinor: Minor;
  balanceAfterMinor: Minor;
  kind: string;
  description: string | null;
  sourceId: string;
  metadata: Record<string, string> | null;
  createdAt: Date;
};

/** The prepaid account of a tenant. */
export async function readPrepaid(db: Reader, tenantId: TenantId) {
  const [account] = await db
    .select()
    .from(ledgerAccounts)
    .where(and(eq(ledgerAccounts.tenantId, tenantId), eq(ledgerAccounts.account, "prepaid")));
  return account;
}

/**
 * The statement of the prepaid account, newest first, before the given version.
 * @param currency the tenant's: with all of the key but the version known, a page is read off its end and nothing is sorted
 */
export async function listPrepaidEntries(
  db: Reader,
  tenantId: TenantId,
  currency: Currency,
  page: { limit: number; beforeVersion: number | null },
): Promise<(LedgerEntry & { version: number })[]> {
  // The page first: PostgreSQL expects one row of the join, whatever the account, and would join all of it before it counts.
  const entries = db
    .select()
    .from(ledgerEntries)
    .where(
      and(
        eq(ledgerEntries.tenantId, tenantId),
        eq(ledgerEntries.account, "prepaid"),
        eq(ledgerEntries.currency, currency),
        page.beforeVersion === null ? undefined : lt(ledgerEntries.version, page.beforeVersion),
      ),
    )
    .orderBy(desc(ledgerEntries.version))
    .limit(page.limit)
    .as("page");
  return db
    .select({
      version: entries.version,
      entryId: sql<string>`${entries.transactionId}::text`,
      amountMinor: entries.amountMinor,
      balanceAfterMinor: entries.balanceAfterMinor,
      kind: ledgerTransactions.kind,
      description: ledgerTransactions.description,
      sourceId: ledgerTransactions.sourceId,
      metadata: ledgerTransactions.metadata,
      createdAt: entries.createdAt,
    })
    .from(entries)
    .innerJoin(
      ledgerTransactions,
      and(
        eq(ledgerTransactions.tenantId, entries.tenantId),
        eq(ledgerTransactions.transactionId, entries.transactionId),
      ),
    )
    .orderBy(desc(entries.version));
}

/** What the postings of a kind did to the prepaid account, by their sources; those that were not posted are missing. */
export const readPrepaidOf = (db: Reader, tenantId: TenantId, kind: string, sourceIds: readonly string[]) =>
  db
    .select({
      sourceId: ledgerTransactions.sourceId,
      amountMinor: ledgerEntries.amountMinor,
      balanceAfterMinor: ledgerEntries.balanceAfterMinor,
    })
    .from(ledgerTransactions)
    .innerJoin(
      ledgerEntries,
      and(
        eq(ledgerEntries.tenantId, ledgerTransactions.tenantId),
        eq(ledgerEntries.transactionId, ledgerTransactions.transactionId),
        eq(ledgerEntries.account, "prepaid"),
      ),
    )
    .where(
      and(
        eq(ledgerTransactions.tenantId, tenantId),
        eq(ledgerTransactions.kind, kind),
        inArray(ledgerTransactions.sourceId, [...sourceIds]),
      ),
    );
