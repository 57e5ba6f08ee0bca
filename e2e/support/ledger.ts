import { expect } from "@playwright/test";
import { database } from "./database";

/** Amounts in minor units that the ledger moved for each kind of transaction, on the prepaid account, oldest first. */
export async function movements(tenantId: string, kind: string): Promise<number[]> {
  const rows = await database()`select e.amount_minor::int as amount from ledger_entries e
    join ledger_transactions t using (tenant_id, transaction_id)
    where e.tenant_id = ${tenantId} and e.account = 'prepaid' and t.kind = ${kind} order by e.version`;
  return rows.map((row) => row.amount as number);
}

/** Every transaction sums to zero, every balance is the sum of its entries, and the chain of balances has no gap. */
export async function expectSoundLedger(tenantId: string): Promise<void> {
  const sql = database();
  const [found] = await sql`select
    (select count(*)::int from (select transaction_id from ledger_entries where tenant_id = ${tenantId}
      group by transaction_id, currency having sum(amount_minor) <> 0) as unbalanced) as unbalanced,
    (select count(*)::int from ledger_accounts a where tenant_id = ${tenantId} and balance_minor <> (select coalesce(sum(amount_minor), 0)
      from ledger_entries e where e.tenant_id = a.tenant_id and e.account = a.account and e.currency = a.currency)) as wrong,
    (select count(*)::int from (select balance_after_minor - amount_minor as before, lag(balance_after_minor, 1, 0::bigint)
      over (partition by account, currency order by version) as last from ledger_entries where tenant_id = ${tenantId}) as chain
      where before <> last) as broken`;
  expect(found).toEqual({ unbalanced: 0, wrong: 0, broken: 0 });
}

export interface AttemptRow {
  state: string;
  total: number;
  intent: string | null;
  decline: string | null;
  at: Date;
}

/** The attempts to charge, oldest first. */
export async function attempts(tenantId: string): Promise<AttemptRow[]> {
  const rows = await database()<
    AttemptRow[]
  >`select state, total_minor::int as total, stripe_payment_intent_id as intent,
    decline_code as decline, created_at as at from recharge_attempts where tenant_id = ${tenantId} order by attempt_id`;
  return [...rows];
}
