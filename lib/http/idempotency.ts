import { and, eq, isNull, lt, lte, or, sql } from "drizzle-orm";
import { systemDb } from "@/db/client";
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

const rowOf = (tenantId: TenantId, key: string) =>
  and(eq(idempotencyKeys.tenantId, tenantId), eq(idempotencyKeys.key, key));

/**
 * Takes the key for one request: one statement, so that of any number at once only one runs.
 * @returns the claim to run under, or the first answer
 * @throws AppError idempotency_key_reused · idempotency_key_in_use
 */
export async function claimKey(tenantId: TenantId, key: string, hash: string): Promise<Claim | StoredAnswer> {
  const at = now();
  const leaseUntil = new Date(at.getTime() + LEASE_MS);
  const fresh = { requestHash: hash, status: null, body: null, createdAt: at, leaseUntil };
  const forgotten = lte(idempotencyKeys.createdAt, new Date(at.getTime() - KEPT_MS));
  const abandoned = and(
    isNull(idempotencyKeys.status),
    lt(idempotencyKeys.leaseUntil, at),
    eq(idempotencyKeys.requestHash, hash),
  );
  const claimed = await systemDb()
    .insert(idempotencyKeys)
    .values({ tenantId, key, ...fresh })
    .onConflictDoUpdate({
      target: [idempotencyKeys.tenantId, idempotencyKeys.key],
      set: {
        ...fresh,
        createdAt: sql`case when ${forgotten} then excluded.created_at else ${idempotencyKeys.createdAt} end`,
      },
      setWhere: or(forgotten, abandoned),
    })
    .returning({ createdAt: idempotencyKeys.createdAt });
  const [mine] = claimed;
  if (mine) return { tenantId, key, leaseUntil, use: `key:${key}:${mine.createdAt.getTime()}` };

  const [first] = await systemDb().select().from(idempotencyKeys).where(rowOf(tenantId, key));
  if (first && first.requestHash !== hash) throw new AppError("idempotency_key_reused");
  // No row: the first request failed between the two statements and gave the key back; the caller's retry finds it free.
  if (!first || first.status === null || first.body === null)
    throw new AppError("idempotency_key_in_use", undefined, { retryAfterSeconds: 1 });
  return { status: first.status, body: first.body };
}

const held = (claim: Claim) =>
  and(
    rowOf(claim.tenantId, claim.key),
    eq(idempotencyKeys.leaseUntil, claim.leaseUntil),
    isNull(idempotencyKeys.status),
  );

/** Keeps the first answer, unless the lease was lost to another run of the same request. */
export async function storeAnswer(claim: Claim, answer: StoredAnswer): Promise<void> {
  await systemDb().update(idempotencyKeys).set(answer).where(held(claim));
}

/** Gives the key back after a failure on our side, so that the same request may be tried again. */
export async function releaseKey(claim: Claim): Promise<void> {
  await systemDb().delete(idempotencyKeys).where(held(claim));
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
