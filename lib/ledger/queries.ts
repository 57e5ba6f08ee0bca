import { and, desc, eq, gte, lt, sql } from "drizzle-orm";
import type { Reader } from "@/db/client";
import { ledgerAccounts, ledgerEntries, ledgerTransactions } from "@/db/schema";
import type { TenantId } from "@/lib/ids";
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

/** The statement of the prepaid account, newest first, before the given version. */
export async function listPrepaidEntries(
  db: Reader,
  tenantId: TenantId,
  page: { limit: number; beforeVersion: number | null },
): Promise<(LedgerEntry & { version: number })[]> {
  return db
    .select({
      version: ledgerEntries.version,
      entryId: sql<string>`${ledgerEntries.transactionId}::text`,
      amountMinor: ledgerEntries.amountMinor,
      balanceAfterMinor: ledgerEntries.balanceAfterMinor,
      kind: ledgerTransactions.kind,
      description: ledgerTransactions.description,
      sourceId: ledgerTransactions.sourceId,
      metadata: ledgerTransactions.metadata,
      createdAt: ledgerEntries.createdAt,
    })
    .from(ledgerEntries)
    .innerJoin(
      ledgerTransactions,
      and(
        eq(ledgerTransactions.tenantId, ledgerEntries.tenantId),
        eq(ledgerTransactions.transactionId, ledgerEntries.transactionId),
      ),
    )
    .where(
      and(
        eq(ledgerEntries.tenantId, tenantId),
        eq(ledgerEntries.account, "prepaid"),
        page.beforeVersion === null ? undefined : lt(ledgerEntries.version, page.beforeVersion),
      ),
    )
    .orderBy(desc(ledgerEntries.version))
    .limit(page.limit);
}

/**
 * The balance over time: the last balance of each of `buckets` equal stretches since `from`, oldest first,
 * led by the balance at `from`.
 */
export async function readHistory(
  db: Reader,
  tenantId: TenantId,
  from: Date,
  to: Date,
  buckets: number,
): Promise<{ at: Date; balanceMinor: Minor }[]> {
  const widthSeconds = Math.max(1, (to.getTime() - from.getTime()) / 1000 / buckets);
  const inside = await db.execute<{ at: Date; balance: string }>(sql`
    select distinct on (bucket) at, balance from (
      select created_at as at, balance_after_minor as balance, version,
        floor(extract(epoch from created_at - ${from.toISOString()}::timestamptz) / ${widthSeconds}::float8) as bucket
      from ledger_entries where tenant_id = ${tenantId} and account = 'prepaid' and created_at >= ${from.toISOString()}::timestamptz
    ) entries order by bucket, version desc`);
  const [before] = await db
    .select({ balanceMinor: ledgerEntries.balanceAfterMinor })
    .from(ledgerEntries)
    .where(
      and(
        eq(ledgerEntries.tenantId, tenantId),
        eq(ledgerEntries.account, "prepaid"),
        lt(ledgerEntries.createdAt, from),
      ),
    )
    .orderBy(desc(ledgerEntries.version))
    .limit(1);
  const first = { at: from, balanceMinor: before?.balanceMinor ?? (0 as Minor) };
  return [first, ...inside.map((row) => ({ at: new Date(row.at), balanceMinor: Number(row.balance) as Minor }))];
}

/** What was spent (debits, captured holds, usage over a quota) since an instant, and when the first of it was. */
export async function readSpend(
  db: Reader,
  tenantId: TenantId,
  since: Date,
): Promise<{ spentMinor: Minor; firstAt: Date | null }> {
  const [row] = await db
    .select({
      spent: sql<string | null>`sum(-${ledgerEntries.amountMinor})`,
      firstAt: sql<Date | null>`min(${ledgerEntries.createdAt})`,
    })
    .from(ledgerEntries)
    .innerJoin(
      ledgerTransactions,
      and(
        eq(ledgerTransactions.tenantId, ledgerEntries.tenantId),
        eq(ledgerTransactions.transactionId, ledgerEntries.transactionId),
      ),
    )
    .where(
      and(
        eq(ledgerEntries.tenantId, tenantId),
        eq(ledgerEntries.account, "prepaid"),
        gte(ledgerEntries.createdAt, since),
        sql`${ledgerTransactions.kind} in ('debit', 'hold_capture', 'usage')`,
      ),
    );
  return { spentMinor: Number(row?.spent ?? 0) as Minor, firstAt: row?.firstAt ? new Date(row.firstAt) : null };
}
