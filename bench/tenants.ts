import type postgres from "postgres";
import type { TenantScope } from "@/lib/auth/scope";
import { newId, type TenantId } from "@/lib/ids";

/**
 * Makes tenants with their account, as the product does, many at once.
 */
export async function makeTenants(sql: postgres.Sql, count: number, currency = "USD"): Promise<TenantScope[]> {
  const ids = Array.from({ length: count }, () => newId<TenantId>());
  await sql.begin(async (tx) => {
    await tx`insert into tenants (tenant_id, slug, name, currency, time_zone, locale, created_at)
      select id, 'bench-' || id, 'Bench', ${currency}, 'UTC', 'en', now() from unnest(${ids}::uuid[]) id`;
    await tx`insert into recharge_rules (tenant_id, updated_at) select id, now() from unnest(${ids}::uuid[]) id`;
    await tx`insert into ledger_accounts (tenant_id, account, currency) select id, 'prepaid', ${currency} from unnest(${ids}::uuid[]) id`;
    await tx`insert into ledger_accounts (tenant_id, account, currency) select id, 'usage_revenue', ${currency} from unnest(${ids}::uuid[]) id`;
  });
  return ids.map((tenantId) => ({
    tenantId,
    role: "service",
    userId: null,
    actor: "bench",
    scopes: ["balance:write"],
  }));
}
