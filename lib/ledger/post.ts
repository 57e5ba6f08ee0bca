import { type SQL, sql } from "drizzle-orm";
import { systemSql, type Tx } from "@/db/client";
import { now } from "@/lib/clock";
import { invariant } from "@/lib/errors";
import { newId, type TenantId } from "@/lib/ids";
import type { Currency } from "@/lib/money/currency";
import { ledgerRefusal } from "./errors";
import { postInLane } from "./lanes";
import { type Row, take, takes, toPosted } from "./take";
import type { Posted, Posting } from "./types";

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

async function postAlone(
  tenantId: TenantId,
  currency: Currency,
  postings: Posting[],
  options: PostOptions,
): Promise<Posted> {
  const [first] = postings;
  const to = postings.length === 1 && first ? takes(first) : null;
  if (first && to) return take({ tenantId, currency, enforceFloor: options.enforceFloor, posting: first, to });
  const c = columns(postings);
  try {
    const [row] = await systemSql()<
      Row[]
    >`select * from ledger_post(${tenantId}::uuid, ${currency}, ${now().toISOString()}::timestamptz, ${options.enforceFloor},
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
