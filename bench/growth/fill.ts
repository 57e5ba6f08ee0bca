import type postgres from "postgres";
import type { TenantScope } from "@/lib/auth/scope";

/** Balances that are low and due, among all. */
export const DUE = 100;
const CHUNK = 1_000_000;
/** Postings written by one statement, and how many write at once. */
const POSTINGS = 125_000;
const WRITERS = 2;

/** What the customers had before they spent anything. */
const BALANCE = 1_000_000_000;

/** What the owner writes past triggers and foreign keys, and without waiting for the disk. */
async function bulk(sql: postgres.Sql, work: (tx: postgres.TransactionSql) => Promise<unknown>): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await tx`set local synchronous_commit = off`;
    await work(tx);
  });
}

/** Balances of nobody, numbered from `from` to `to`, far above their minimum but for the first hundred. */
export async function fillBalances(sql: postgres.Sql, from: number, to: number): Promise<void> {
  for (let at = from; at < to; at += CHUNK)
    await bulk(
      sql,
      (tx) => tx`insert into ledger_accounts (tenant_id, account, currency, balance_minor, recharge_below_minor)
        select gen_random_uuid(), 'prepaid', 'USD', case when n <= ${DUE} then 100 else 100000 end, 1000
        from generate_series(${at + 1}::int, ${Math.min(to, at + CHUNK)}::int) n`,
    );
  await sql.unsafe("vacuum analyze ledger_accounts");
}

/**
 * The past of accounts, as debits of 1.00 leave it: two entries each, ascending in time over all tenants as they would have come, all
 * within this week.
 * @param from how many debits each tenant has already @param to how many it has then
 */
export async function fillEntries(
  sql: postgres.Sql,
  scopes: readonly TenantScope[],
  from: number,
  to: number,
): Promise<void> {
  const ids = scopes.map((scope) => scope.tenantId);
  const share = Math.ceil(ids.length / WRITERS);
  const shares = Array.from({ length: WRITERS }, (_, writer) => ids.slice(writer * share, (writer + 1) * share));
  await Promise.all(shares.map((some) => fillSome(sql, some, from, to)));
  await bulk(sql, (tx) => setAccounts(tx, ids, to));
  for (const table of ["ledger_accounts", "ledger_transactions", "ledger_entries"])
    await sql.unsafe(`vacuum analyze ${table}`);
}

async function fillSome(sql: postgres.Sql, ids: readonly string[], from: number, to: number): Promise<void> {
  const step = Math.max(1, Math.floor(POSTINGS / ids.length));
  for (let at = from; at < to; at += step)
    await bulk(
      sql,
      (tx) => tx`
        with p as materialized (
          select uuidv7() as id, tenant_id, version, now() - interval '6 days' + version * interval '10 seconds' as at
          from generate_series(${at + 1}::int, ${Math.min(to, at + step)}::int) version, unnest(${ids}::uuid[]) tenant_id
        ), t as (
          insert into ledger_transactions (tenant_id, transaction_id, kind, source_id, created_at)
          select tenant_id, id, 'debit', id::text, at from p
        )
        insert into ledger_entries (tenant_id, account, currency, version, transaction_id, amount_minor, balance_after_minor, created_at)
        select tenant_id, account, 'USD', version, id, amount, ${BALANCE}::bigint * sign(amount)::int * -1 + version * amount, at
        from p, (values ('prepaid', -100), ('usage_revenue', 100)) side (account, amount)`,
    );
}

async function setAccounts(tx: postgres.TransactionSql, ids: readonly string[], debits: number): Promise<void> {
  for (const [account, sign] of [
    ["prepaid", -1],
    ["usage_revenue", 1],
  ] as const)
    await tx`update ledger_accounts set version = ${debits}, balance_minor = ${sign * (100 * debits - BALANCE)}
      where tenant_id = any(${ids}::uuid[]) and account = ${account}`;
}

/** Takes away what came after so many debits of each tenant, so that filling goes on from there. */
export async function takeBack(sql: postgres.Sql, scopes: readonly TenantScope[], debits: number): Promise<void> {
  const ids = scopes.map((scope) => scope.tenantId);
  await bulk(sql, async (tx) => {
    await tx`delete from ledger_entries where tenant_id = any(${ids}::uuid[]) and account in ('prepaid', 'usage_revenue')
      and currency = 'USD' and version > ${debits}`;
    await setAccounts(tx, ids, debits);
  });
}
