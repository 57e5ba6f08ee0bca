import type postgres from "postgres";

/** A tenant with so many transactions, five minutes apart. @returns its id */
export async function fillTransactions(sql: postgres.Sql, rows: number): Promise<string> {
  const [tenant] = await sql<{ id: string }[]>`
    insert into tenants (tenant_id, slug, name, currency, time_zone, locale, created_at)
    values (gen_random_uuid(), ${`bench-${rows}`}, 'Acme Robotics', 'USD', 'America/New_York', 'en', now())
    returning tenant_id as id`;
  const id = tenant?.id ?? "";
  await sql`
    insert into transactions (tenant_id, transaction_id, number, type, status, currency, amount_minor, fee_minor, net_minor,
      description, source_kind, source_id, created_at, processed_at)
    select ${id}::uuid, gen_random_uuid(), 'TX-' || lpad(n::text, 7, '0'), case when n % 7 = 0 then 'refund' else 'payment' end,
      'succeeded', 'USD', case when n % 7 = 0 then -n else n end, n % 50, case when n % 7 = 0 then -n else n end - n % 50,
      'Automatic recharge of the balance ' || n, 'recharge', gen_random_uuid()::text,
      '2025-01-01T00:00:00Z'::timestamptz + n * interval '5 minutes', '2025-01-01T00:00:02Z'::timestamptz + n * interval '5 minutes'
    from generate_series(1, ${rows}) n`;
  await sql`analyze transactions`;
  return id;
}
