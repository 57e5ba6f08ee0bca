import { type SQL, sql } from "drizzle-orm";
import type postgres from "postgres";
import { systemSql, type Tx } from "@/db/client";
import { now } from "@/lib/clock";
import { invariant } from "@/lib/errors";
import { newId, type TenantId } from "@/lib/ids";
import type { Currency } from "@/lib/money/currency";
import { toMinor } from "@/lib/money/minor";
import { ledgerRefusal } from "./errors";
import type { Posted, Posting } from "./types";

type Row = {
  balance_minor: string | number;
  held_minor: string | number;
  needs_recharge: boolean;
  duplicates: number[];
};
type PostOptions = {
  /** Refuse what would leave less than the account's floor available. On for debits; off for money that has moved already. */
  enforceFloor: boolean;
};

function columns(postings: Posting[]) {
  const legs = postings.flatMap((posting, index) => posting.legs.map((leg) => ({ ...leg, posting: index + 1 })));
  for (const posting of postings) {
    invariant(
      posting.legs.reduce((sum, leg) => sum + leg.amountMinor, 0) === 0,
      `the legs of ${posting.kind} ${posting.sourceId} do not sum to zero`,
    );
  }
  return {
    ids: postings.map(() => newId()),
    kinds: postings.map((p) => p.kind),
    sources: postings.map((p) => p.sourceId),
    descriptions: postings.map((p) => p.description ?? null),
    metadata: postings.map((p) => (p.metadata ? JSON.stringify(p.metadata) : null)),
    reverses: postings.map((p) => p.reversesId ?? null),
    legPosting: legs.map((l) => l.posting),
    legAccount: legs.map((l) => l.account),
    legAmount: legs.map((l) => l.amountMinor),
  };
}

function toPosted(row: Row | undefined, ids: string[]): Posted {
  invariant(row, "ledger_post answered nothing");
  return {
    balanceMinor: toMinor(Number(row.balance_minor)),
    heldMinor: toMinor(Number(row.held_minor)),
    needsRecharge: row.needs_recharge,
    replayed: row.duplicates.map((n) => n - 1),
    ids,
  };
}

/**
 * Writes postings of one tenant, all or none, in one round trip of its own transaction.
 * @throws AppError insufficient_balance · debit_id_reused (a source was posted before with another amount)
 */
export async function postNow(
  tenantId: TenantId,
  currency: Currency,
  postings: Posting[],
  options: PostOptions,
): Promise<Posted> {
  const c = columns(postings);
  const pool: postgres.Sql = systemSql();
  try {
    const rows = await pool<
      Row[]
    >`select * from ledger_post(${tenantId}::uuid, ${currency}, ${now().toISOString()}::timestamptz, ${options.enforceFloor},
      ${c.ids}::uuid[], ${c.kinds}::text[], ${c.sources}::text[], ${c.descriptions}::text[], ${c.metadata}::text[], ${c.reverses}::uuid[],
      ${c.legPosting}::int[], ${c.legAccount}::text[], ${c.legAmount}::bigint[])`;
    return toPosted(rows[0], c.ids);
  } catch (error) {
    throw ledgerRefusal(error);
  }
}

/** As {@link postNow}, inside the caller's transaction, so that a state and its money are committed together. */
export async function postIn(
  tx: Tx,
  tenantId: TenantId,
  currency: Currency,
  postings: Posting[],
  options: PostOptions,
): Promise<Posted> {
  const c = columns(postings);
  const array = (values: unknown[], type: string): SQL => sql`${sql.param(values)}::${sql.raw(type)}`;
  try {
    const rows =
      await tx.execute<Row>(sql`select * from ledger_post(${tenantId}::uuid, ${currency}, ${now().toISOString()}::timestamptz, ${options.enforceFloor},
      ${array(c.ids, "uuid[]")}, ${array(c.kinds, "text[]")}, ${array(c.sources, "text[]")}, ${array(c.descriptions, "text[]")}, ${array(c.metadata, "text[]")}, ${array(c.reverses, "uuid[]")},
      ${array(c.legPosting, "int[]")}, ${array(c.legAccount, "text[]")}, ${array(c.legAmount, "bigint[]")})`);
    return toPosted(rows[0], c.ids);
  } catch (error) {
    throw ledgerRefusal(error);
  }
}
