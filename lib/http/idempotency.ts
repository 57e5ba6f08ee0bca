import { and, eq, isNull, lte, sql } from "drizzle-orm";
import { systemDb, systemSql } from "@/db/client";
import { idempotencyKeys } from "@/db/schema";
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

/**
 * Takes the key for one request: one statement, so that of any number at once only one runs. It is committed without waiting for
 * the disk: whatever the request then commits is written after it, so that nothing is kept of a request whose claim is not.
 * @returns the claim to run under, or the first answer
 * @throws AppError idempotency_key_reused · idempotency_key_in_use
 */
export async function claimKey(tenantId: TenantId, key: string, hash: string): Promise<Claim | StoredAnswer> {
  const at = now();
  const leaseUntil = new Date(at.getTime() + LEASE_MS);
  const forgottenBefore = new Date(at.getTime() - KEPT_MS).toISOString();
  const sql = systemSql();
  const [mine] = await sql<{ created_at: string }[]>`
    with unsynced as materialized (select set_config('synchronous_commit', 'off', true))
    insert into idempotency_keys as k (tenant_id, key, request_hash, status, body, created_at, lease_until)
      select ${tenantId}::uuid, ${key}, ${hash}, null, null, ${at.toISOString()}::timestamptz, ${leaseUntil.toISOString()}::timestamptz from unsynced
    on conflict (tenant_id, key) do update set
      request_hash = excluded.request_hash, status = null, body = null, lease_until = excluded.lease_until,
      created_at = case when k.created_at <= ${forgottenBefore}::timestamptz then excluded.created_at else k.created_at end
      where k.created_at <= ${forgottenBefore}::timestamptz
        or k.status is null and k.lease_until < excluded.created_at and k.request_hash = excluded.request_hash
    returning created_at`;
  if (mine) return { tenantId, key, leaseUntil, use: `key:${key}:${new Date(mine.created_at).getTime()}` };

  const [first] = await sql<{ request_hash: string; status: number | null; body: string | null }[]>`
    select request_hash, status, body from idempotency_keys where tenant_id = ${tenantId}::uuid and key = ${key}`;
  if (first && first.request_hash !== hash) throw new AppError("idempotency_key_reused");
  // No row: the first request failed between the two statements and gave the key back; the caller's retry finds it free.
  if (!first || first.status === null || first.body === null)
    throw new AppError("idempotency_key_in_use", undefined, { retryAfterSeconds: 1 });
  return { status: first.status, body: first.body };
}

/**
 * Keeps the first answer, unless the lease was lost to another run of the same request. Not waiting for the disk either: a run that
 * finds no answer does again what it is the same source of.
 */
export async function storeAnswer({ tenantId, key, leaseUntil }: Claim, answer: StoredAnswer): Promise<void> {
  await systemSql()`
    with unsynced as materialized (select set_config('synchronous_commit', 'off', true))
    update idempotency_keys k set status = ${answer.status}::int, body = ${answer.body} from unsynced
    where k.tenant_id = ${tenantId}::uuid and k.key = ${key} and k.lease_until = ${leaseUntil.toISOString()}::timestamptz
      and k.status is null`;
}

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
