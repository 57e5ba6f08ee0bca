import type postgres from "postgres";
import type Stripe from "stripe";

/** What the ledger, the list of transactions and Stripe say of one tenant's money, in minor units. */
export type Books = {
  /** Ledger transactions whose entries do not sum to zero. */
  unbalanced: number;
  /** Accounts whose balance is not the sum of their entries, or whose entries have a gap. */
  wrongAccounts: number;
  /** Received less given back: as Stripe says, as the ledger says, and as the list says. */
  atStripe: number;
  inLedger: number;
  inList: number;
  accounts: Record<string, number>;
};

async function receivedAtStripe(stripe: Stripe, customer: string): Promise<number> {
  let total = 0;
  for await (const charge of stripe.charges.list({ customer, limit: 100 }))
    if (charge.status === "succeeded") total += charge.amount - charge.amount_refunded;
  return total;
}

/** Reads the books of a tenant that has one currency. */
export async function readBooks(sql: postgres.Sql, stripe: Stripe, tenantId: string): Promise<Books> {
  const [tenant] = await sql<{ customer: string }[]>`
    select stripe_customer_id as customer from tenants where tenant_id = ${tenantId}`;
  const [unbalanced] = await sql<{ count: number }[]>`
    select count(*)::int from (select 1 from ledger_entries where tenant_id = ${tenantId}
      group by transaction_id, currency having sum(amount_minor) <> 0) x`;
  const accounts = await sql<
    { account: string; balance: number; sum: number; last: number; count: number; chained: number }[]
  >`
    select a.account, a.balance_minor::float8 as balance, coalesce(sum(e.amount_minor), 0)::float8 as sum,
      coalesce(max(e.version), 0)::int as last, count(e.version)::int as count,
      coalesce((array_agg(e.balance_after_minor order by e.version desc))[1], 0)::float8 as chained
    from ledger_accounts a left join ledger_entries e using (tenant_id, account, currency)
    where a.tenant_id = ${tenantId} group by a.account, a.balance_minor`;
  const [listed] = await sql<{ sum: number }[]>`
    select coalesce(sum(amount_minor), 0)::float8 as sum from transactions
    where tenant_id = ${tenantId} and status = 'succeeded' and type in ('payment', 'refund')`;
  const balances = Object.fromEntries(accounts.map(({ account, balance }) => [account, balance]));
  return {
    unbalanced: unbalanced?.count ?? 0,
    wrongAccounts: accounts.filter((a) => a.balance !== a.sum || a.balance !== a.chained || a.last !== a.count).length,
    atStripe: tenant ? await receivedAtStripe(stripe, tenant.customer) : 0,
    inLedger: -(balances.stripe ?? 0),
    inList: listed?.sum ?? 0,
    accounts: balances,
  };
}
