import type postgres from "postgres";

/**
 * Takes every row away, also those that the product itself can never take away. What the migrations put there is put there again.
 */
export async function emptyDatabase(sql: postgres.Sql): Promise<void> {
  await sql.begin(async (tx) => {
    // Triggers that refuse it rest meanwhile.
    await tx`set local session_replication_role = replica`;
    const tables = await tx<{ name: string }[]>`
      select quote_ident(tablename) as name from pg_tables where schemaname = 'public' order by 1`;
    await tx.unsafe(`truncate ${tables.map(({ name }) => name).join(", ")} restart identity`);
    await tx`insert into recharge_brakes (id) values (1)`;
  });
}
