import { sql } from "drizzle-orm";
import type { Reader } from "@/db/client";
import type { Account } from "@/db/schema/ledger";
import type { TenantId } from "@/lib/ids";

/** An account, and how many entries it has. */
export type VersionedAccount = { tenantId: TenantId; account: Account; currency: string; version: number };

/**
 * The version of the last entry at or before each instant; 0: none. Versions have no gaps and grow with time, so each is found by
 * halving over the primary key: about 20 look-ups in an account with a million entries, and no index of its own to keep. Without
 * `offset 0` PostgreSQL would look twice, once for either end.
 */
export async function versionsAt(db: Reader, account: VersionedAccount, instants: Date[]): Promise<number[]> {
  const rows = await db.execute<{ version: string }>(sql`
    with recursive search as (
      select n, instant::timestamptz, 0::bigint as low, ${account.version}::bigint as high
      from jsonb_array_elements_text(${JSON.stringify(instants)}::jsonb) with ordinality as wanted(instant, n)
      union all
      select n, instant, case when isBefore then mid else low end, case when isBefore then high else mid - 1 end
      from (
        select s.*, (s.low + s.high + 1) / 2 as mid, (
          select created_at <= s.instant from ledger_entries
          where tenant_id = ${account.tenantId} and account = ${account.account} and currency = ${account.currency}
            and version = (s.low + s.high + 1) / 2) as isBefore
        from search s where s.low < s.high offset 0) halved
    )
    select low as version from search where low = high order by n`);
  return rows.map((row) => Number(row.version));
}
