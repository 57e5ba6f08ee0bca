import { and, eq, isNull, lte, sql } from "drizzle-orm";
import postgres from "postgres";
import { systemDb, systemSql } from "@/db/client";
import { idempotencyKeys } from "@/db/schema";
import { doTogether } from "@/db/together";
import { now } from "@/lib/clock";
import { AppError } from "@/lib/errors";
import type { TenantId } from "@/lib/ids";

const KEPT_MS = 24 * 60 * 60 * 1000;
/** A request that has not answered by then is presumed dead. Running its key again is safe: what it did is keyed too. */
const LEASE_MS = 60_000;

/** @throws AppError idempotency_key_required · idempotency_key_invalid */
export function idempotencyKeyOf(request: Request, required: boolean): string | null {
  const key = request.headers.get("idempotency-key");
  if (key === null) {
    if (required) throw new AppError("idempotency_key_required");
    return null;
  }
  if (!/^\P{Cc}{1,255}$/u.test(key)) throw new AppError("idempotency_key_invalid");
  return key;
}

export type Claim = {
  tenantId: TenantId;
  key: string;
  leaseUntil: Date;
  /** Names this use of the key; a run that takes over a dead one has the same, one after the 24 hours another. */
  use: string;
};
export type StoredAnswer = { status: number; body: string };

type Claiming = { tenantId: TenantId; key: string; hash: string };
type Claimed = { tenant_id: TenantId; key: string; created_at: string; lease_until: string };

/** @returns what was claimed; what is missing is somebody else's */
async function claimAll(asked: Claiming[]): Promise<(Claimed | undefined)[]> {
  const nameOf = (tenantId: string, key: string) => `${tenantId} ${key}`;
  // In one order, so that two groups never wait for each other.
  const claims = asked.toSorted((a, b) => (nameOf(a.tenantId, a.key) < nameOf(b.tenantId, b.key) ? -1 : 1));
  const at = now();
  const leaseUntil = new Date(at.getTime() + LEASE_MS).toISOString();
  const forgottenBefore = new Date(at.getTime() - KEPT_MS).toISOString();
  const rows = await systemSql()<Claimed[]>`
    with unsynced as materialized (select set_config('synchronous_commit', 'off', true))
    insert into idempotency_keys as k (tenant_id, key, request_hash, status, body, created_at, lease_until)
      select c.tenant_id, c.key, c.hash, null, null, ${at.toISOString()}::timestamptz, ${leaseUntil}::timestamptz
      from unsynced, unnest(${claims.map((c) => c.tenantId)}::uuid[], ${claims.map((c) => c.key)}::text[], ${claims.map((c) => c.hash)}::text[])
        as c (tenant_id, key, hash)
    on conflict (tenant_id, key) do update set
      request_hash = excluded.request_hash, status = null, body = null, lease_until = excluded.lease_until,
      created_at = case when k.created_at <= ${forgottenBefore}::timestamptz then excluded.created_at else k.created_at end
      where k.created_at <= ${forgottenBefore}::timestamptz
        or k.status is null and k.lease_until < excluded.created_at and k.request_hash = excluded.request_hash
    returning tenant_id, key, created_at, lease_until`;
  const claimed = new Map(rows.map((row) => [nameOf(row.tenant_id, row.key), row]));
  return asked.map(({ tenantId, key }) => claimed.get(nameOf(tenantId, key)));
}

const claiming = {
  all: claimAll,
  one: async (claim: Claiming) => (await claimAll([claim]))[0],
  // 21000: the same key twice in one statement.
  nothingDone: (error: unknown) => error instanceof postgres.PostgresError,
};

/**
 * Takes the key for one request: one statement, so that of any number at once only one runs. It is committed without waiting for
 * the disk: whatever the request then commits is written after it, so that nothing is kept of a request whose claim is not.
 * @returns the claim to run under, or the first answer
 * @throws AppError idempotency_key_reused · idempotency_key_in_use
 */
export async function claimKey(tenantId: TenantId, key: string, hash: string): Promise<Claim | StoredAnswer> {
  const mine = await doTogether("idempotency claims", { tenantId, key, hash }, claiming);
  if (mine) {
    const use = `key:${key}:${new Date(mine.created_at).getTime()}`;
    return { tenantId, key, leaseUntil: new Date(mine.lease_until), use };
  }
  const [first] = await systemSql()<{ request_hash: string; status: number | null; body: string | null }[]>`
    select request_hash, status, body from idempotency_keys where tenant_id = ${tenantId}::uuid and key = ${key}`;
  if (first && first.request_hash !== hash) throw new AppError("idempotency_key_reused");
  // No row: the first request failed between the two statements and gave the key back; the caller's retry finds it free.
  if (!first || first.status === null || first.body === null)
    throw new AppError("idempotency_key_in_use", undefined, { retryAfterSeconds: 1 });
  return { status: first.status, body: first.body };
}

type Storing = { claim: Claim; answer: StoredAnswer };

async function storeAll(answers: Storing[]): Promise<void[]> {
  const column = <T>(of: (each: Storing) => T) => answers.map(of);
  await systemSql()`
    with unsynced as materialized (select set_config('synchronous_commit', 'off', true))
    update idempotency_keys k set status = a.status, body = a.body
    from unsynced, unnest(${column((s) => s.claim.tenantId)}::uuid[], ${column((s) => s.claim.key)}::text[],
      ${column((s) => s.claim.leaseUntil.toISOString())}::text[]::timestamptz[], ${column((s) => s.answer.status)}::int[], ${column((s) => s.answer.body)}::text[])
      as a (tenant_id, key, lease_until, status, body)
    where k.tenant_id = a.tenant_id and k.key = a.key and k.lease_until = a.lease_until and k.status is null`;
  return answers.map(() => undefined);
}

const storing = {
  all: storeAll,
  one: async (each: Storing) => void (await storeAll([each])),
  nothingDone: () => true,
};

/**
 * Keeps the first answer, unless the lease was lost to another run of the same request. Not waiting for the disk either: a run that
 * finds no answer does again what it is the same source of.
 */
export const storeAnswer = (claim: Claim, answer: StoredAnswer): Promise<void> =>
  doTogether("idempotency answers", { claim, answer }, storing);

/** Gives the key back after a failure on our side, so that the same request may be tried again. */
export async function releaseKey({ tenantId, key, leaseUntil }: Claim): Promise<void> {
  await systemDb()
    .delete(idempotencyKeys)
    .where(
      and(
        eq(idempotencyKeys.tenantId, tenantId),
        eq(idempotencyKeys.key, key),
        eq(idempotencyKeys.leaseUntil, leaseUntil),
        isNull(idempotencyKeys.status),
      ),
    );
}

/** Deletes keys older than 24 hours, at most `limit`; for the sweep. @returns how many */
export async function purgeIdempotencyKeys(limit = 10_000): Promise<number> {
  const before = new Date(now().getTime() - KEPT_MS);
  const old = systemDb()
    .select({ id: sql`ctid` })
    .from(idempotencyKeys)
    .where(lte(idempotencyKeys.createdAt, before))
    .limit(limit);
  const deleted = await systemDb()
    .delete(idempotencyKeys)
    .where(sql`ctid in ${old}`)
    .returning({ key: idempotencyKeys.key });
  return deleted.length;
}
