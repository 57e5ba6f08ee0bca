import { type SQL, sql } from "drizzle-orm";
import type postgres from "postgres";
import { systemSql, type Tx } from "@/db/client";
import { now } from "@/lib/clock";
import { invariant } from "@/lib/errors";
import { newId, type TenantId } from "@/lib/ids";
import type { Currency } from "@/lib/money/currency";
import { toMinor } from "@/lib/money/minor";
import { ledgerRefusal } from "./errors";
import { postInLane } from "./lanes";
import type { Leg, Posted, Posting } from "./types";

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

/** The leg that gets what is taken from the prepaid account, of a posting that is no more than that; else null. */
function takes({ legs, reversesId }: Posting): Leg | null {
  const [from, to] = legs;
  const isTake = legs.length === 2 && from?.account === "prepaid" && from.amountMinor < 0 && !reversesId;
  return isTake && to && to.account !== "prepaid" && to.amountMinor === -from.amountMinor ? to : null;
}

async function postAlone(
  tenantId: TenantId,
  currency: Currency,
  postings: Posting[],
  options: PostOptions,
): Promise<Posted> {
  const pool: postgres.Sql = systemSql();
  const at = now().toISOString();
  const [first] = postings;
  const to = postings.length === 1 && first ? takes(first) : null;
  try {
    if (first && to) {
      const metadata = first.metadata ? JSON.stringify(first.metadata) : null;
      const id = newId();
      const [row] = await pool<
        Row[]
      >`select * from ledger_take(${tenantId}::uuid, ${currency}, ${at}::timestamptz, ${options.enforceFloor}, ${id}::uuid,
        ${first.kind}, ${first.sourceId}, ${first.description ?? null}::text, ${metadata}::text, ${to.account}, ${to.amountMinor}::bigint)`;
      return toPosted(row, [id]);
    }
    const c = columns(postings);
    const [row] = await pool<
      Row[]
    >`select * from ledger_post(${tenantId}::uuid, ${currency}, ${at}::timestamptz, ${options.enforceFloor},
      ${c.ids}::uuid[], ${c.kinds}::text[], ${c.sources}::text[], ${c.descriptions}::text[], ${c.metadata}::text[], ${c.reverses}::uuid[],
      ${c.legPosting}::int[], ${c.legAccount}::text[], ${c.legAmount}::bigint[])`;
    return toPosted(row, c.ids);
  } catch (error) {
    throw ledgerRefusal(error);
  }
}

/**
 * Writes postings of one tenant, all or none, in one round trip of its own transaction; those that wait for the same account in
 * this process go together.
 * @throws AppError insufficient_balance · debit_id_reused (a source was posted before with another amount)
 */
export function postNow(
  tenantId: TenantId,
  currency: Currency,
  postings: Posting[],
  options: PostOptions,
): Promise<Posted> {
  const key = `${tenantId} ${currency} ${options.enforceFloor}`;
  return postInLane(key, postings, (all) => postAlone(tenantId, currency, all, options));
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
