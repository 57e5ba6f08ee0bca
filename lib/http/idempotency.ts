import { and, eq, isNull, lte, sql } from "drizzle-orm";
import postgres from "postgres";
import { systemDb, systemSql } from "@/db/client";
import { idempotencyKeys } from "@/db/schema";
import { now } from "@/lib/clock";
import { AppError } from "@/lib/errors";
import type { TenantId } from "@/lib/ids";
import { doTogether } from "@/lib/together";

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
type Claimed = { nth: number; created_at: string };

/** @returns what was claimed; what is missing is somebody else's */
async function claimAll(asked: Claiming[]): Promise<(Claim | undefined)[]> {
  // In one order, so that two groups never wait for each other.
  const claims = asked.toSorted((a, b) => (`${a.tenantId} ${a.key}` < `${b.tenantId} ${b.key}` ? -1 : 1));
  const at = now();
  const leaseUntil = new Date(at.getTime() + LEASE_MS);
  const forgottenBefore = new Date(at.getTime() - KEPT_MS);
  const column = <T>(of: (each: Claiming) => T) => claims.map(of);
  const rows = await systemSql()<Claimed[]>`
    select * from idempotency_claim(${at.toISOString()}::timestamptz, ${leaseUntil.toISOString()}::timestamptz,
      ${forgottenBefore.toISOString()}::timestamptz, ${column((c) => c.tenantId)}::uuid[], ${column((c) => c.key)}::text[], ${column((c) => c.hash)}::text[])`;
  const claimed = new Map(rows.map((row) => [claims[row.nth - 1], row]));
  return asked.map((each) => {
    const mine = claimed.get(each);
    const { tenantId, key } = each;
    return mine && { tenantId, key, leaseUntil, use: `key:${key}:${new Date(mine.created_at).getTime()}` };
  });
}

const claiming = {
  all: claimAll,
  one: async (claim: Claiming) => (await claimAll([claim]))[0],
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
  if (mine) return mine;
  const [first] = await systemSql()<{ request_hash: string; status: number | null; body: string | null }[]>`
    select request_hash, status, body from idempotency_keys where tenant_id = ${tenantId}::uuid and key = ${key}`;
  if (first && first.request_hash !== hash) throw new AppError("idempotency_key_reused");
  // No row: the first request failed between the two statements and gave the key back; the caller's retry finds it free.
  if (!first || first.status === null || first.body === null)
    throw new AppError("idempotency_key_in_use", undefined, { retryAfterSeconds: 1 });
  return { status: first.status, body: first.body };
}

type Storing = { claim: Claim; answer: StoredAnswer };

async function storeAll(answers: Storing[]): Promise<undefined[]> {
  const column = <T>(of: (each: Storing) => T) => answers.map(of);
  await systemSql()`
    select idempotency_store(${column((s) => s.claim.tenantId)}::uuid[], ${column((s) => s.claim.key)}::text[],
      ${column((s) => s.claim.leaseUntil.toISOString())}::text[]::timestamptz[], ${column((s) => s.answer.status)}::int[], ${column((s) => s.answer.body)}::text[])`;
  return answers.map(() => undefined);
}

const storing = {
  all: storeAll,
  one: async (each: Storing) => (await storeAll([each]))[0],
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
