import type postgres from "postgres";

/** How many accounts postings are spread over where they are uniform. */
export const ACCOUNTS = 10_000;

/**
 * What a posting costs at the least: accounts, transactions with a unique key, two entries, all by one function that does nothing
 * more. In a schema of its own, so that its sizes can be told apart.
 */
const SCHEMA = `
create schema bench;
create table bench.accounts (id int primary key, balance bigint not null default 0, version bigint not null default 0);
create table bench.transactions (id bigint generated always as identity primary key, key text not null unique, created_at timestamptz not null);
create table bench.entries (
  id bigint generated always as identity primary key,
  transaction_id bigint not null references bench.transactions, account_id int not null references bench.accounts,
  amount bigint not null, balance_after bigint not null
);
create index on bench.entries (account_id, id);
create function bench.post(p_from int, p_to int, p_amount bigint, p_key text) returns bigint language plpgsql as $$
declare v_id bigint; v_from bigint; v_to bigint;
begin
  insert into bench.transactions (key, created_at) values (p_key, now()) on conflict do nothing returning id into v_id;
  if v_id is null then return null; end if;
  update bench.accounts set balance = balance - p_amount, version = version + 1 where id = p_from returning balance into v_from;
  update bench.accounts set balance = balance + p_amount, version = version + 1 where id = p_to returning balance into v_to;
  insert into bench.entries (transaction_id, account_id, amount, balance_after)
    values (v_id, p_from, -p_amount, v_from), (v_id, p_to, p_amount, v_to);
  return v_from;
end $$`;

/** Even numbers are customers, the odd one after each is what they pay for, as in our ledger every tenant has both. */
export async function createLimit(sql: postgres.Sql): Promise<void> {
  await sql.unsafe(SCHEMA);
  await sql`insert into bench.accounts (id) select generate_series(1, ${2 * ACCOUNTS})`;
  await sql.unsafe("vacuum analyze bench.accounts");
}

const post = (account: string) => `\\set nth random(1, ${ACCOUNTS})
\\set account ${account}
\\set key1 random(1, 2000000000)
\\set key2 random(1, 2000000000)
select bench.post(:account, :account + 1, 100, 'debit-' || :key1 || '-' || :key2);`;

/** One posting to any account, and one to always the same. */
export const SCRIPTS = { uniform: post(":nth * 2 - 1"), hot: post("1") };
