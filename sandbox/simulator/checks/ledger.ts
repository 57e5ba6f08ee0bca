import type { Evidence } from "./evidence";

/** Every transaction sums to zero, every account is the sum of its entries, every chain is whole. */
export async function checkLedger(world: Evidence): Promise<void> {
  const unbalanced = await world.sql<{ id: string }[]>`
    select transaction_id as id from ledger_entries group by tenant_id, transaction_id, currency having sum(amount_minor) <> 0`;
  for (const { id } of unbalanced) world.violate(`ledger transaction ${id} does not sum to zero`);
  const wrong = await world.sql<{ tenant: string; account: string }[]>`
    with entries as (
      select *, lag(balance_after_minor, 1, 0::bigint) over w as before, row_number() over w as place
      from ledger_entries window w as (partition by tenant_id, account, currency order by version)
    )
    select a.tenant_id as tenant, a.account from ledger_accounts a left join entries e using (tenant_id, account, currency)
    group by a.tenant_id, a.account, a.currency, a.balance_minor, a.version
    having a.balance_minor <> coalesce(sum(e.amount_minor), 0) or a.version <> coalesce(max(e.version), 0)
      or bool_or(e.before + e.amount_minor <> e.balance_after_minor or e.place <> e.version)`;
  for (const { tenant, account } of wrong)
    world.violate(`the account ${account} of ${tenant} is not the chain of its entries`);
  const held = await world.sql<{ tenant: string }[]>`
    select a.tenant_id as tenant from ledger_accounts a
    where a.account = 'prepaid' and a.held_minor <> (select coalesce(sum(h.amount_minor), 0) from ledger_holds h
      where h.tenant_id = a.tenant_id and h.state = 'active')`;
  for (const { tenant } of held) world.violate(`what is held of ${tenant} is not the sum of its holds`);
}
