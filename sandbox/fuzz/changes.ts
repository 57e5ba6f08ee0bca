import type postgres from "postgres";

/** Rows of a table that came to be otherwise in the same way. */
export type Change = { table: string; operation: string; tenantId: string | null; columns: string[]; rows: number };

/**
 * Has the database itself note every row that is added, taken away or made different, in the same transaction: what is rolled back is
 * not noted, and what is committed cannot be missed.
 */
export async function watchRows(sql: postgres.Sql): Promise<void> {
  await sql.unsafe(`
    create schema fuzz;
    create unlogged table fuzz.changes (n bigserial, table_name text, row_key text, before jsonb, after jsonb);
    create function fuzz.note() returns trigger language plpgsql security definer set search_path = fuzz, pg_temp as $$
    declare
      before jsonb := case when tg_op <> 'INSERT' then to_jsonb(old) end;
      after jsonb := case when tg_op <> 'DELETE' then to_jsonb(new) end;
    begin
      insert into fuzz.changes (table_name, row_key, before, after) values (tg_table_name,
        (select string_agg(coalesce(after, before) ->> name, ' ' order by name) from unnest(tg_argv) name), before, after);
      return null;
    end $$;`);
  const tables = await sql<{ name: string; key: string }[]>`
    select quote_ident(c.relname) as name, string_agg(quote_literal(a.attname), ', ') as key
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    join pg_index i on i.indrelid = c.oid and i.indisprimary
    join pg_attribute a on a.attrelid = c.oid and a.attnum = any(i.indkey)
    where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition
    group by 1`;
  for (const { name, key } of tables)
    await sql.unsafe(
      `create trigger zz_fuzz_note after insert or update or delete on public.${name} for each row execute function fuzz.note(${key})`,
    );
}

/** What all that was written since the last call comes to: a row that is again what it was has not changed. */
export async function takeChanges(sql: postgres.Sql): Promise<Change[]> {
  return sql<Change[]>`
    with taken as (delete from fuzz.changes returning *),
    net as (
      select table_name, row_key, (array_agg(before order by n))[1] as before, (array_agg(after order by n desc))[1] as after
      from taken group by 1, 2),
    told as (
      select table_name, case when before is null then 'INSERT' when after is null then 'DELETE' else 'UPDATE' end as operation,
        coalesce(after, before) ->> 'tenant_id' as tenant_id,
        array(select key from jsonb_each(before) a join jsonb_each(after) b using (key)
              where a.value is distinct from b.value order by key) as columns
      from net where before is distinct from after)
    select table_name as table, operation, tenant_id as "tenantId", columns, count(*)::int as rows
    from told group by 1, 2, 3, 4`;
}
