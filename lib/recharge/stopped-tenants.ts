import { isNotNull } from "drizzle-orm";
import { systemDb } from "@/db/client";
import { rechargeRules } from "@/db/schema";
import type { TenantScope } from "@/lib/auth/scope";
import { AppError } from "@/lib/errors";
import type { TenantId } from "@/lib/ids";

/** The tenants whose charges an operator has stopped, whether their rule is on or off. @throws AppError forbidden */
export async function stoppedTenants(scope: Pick<TenantScope, "role">): Promise<ReadonlySet<TenantId>> {
  if (scope.role !== "operator") throw new AppError("forbidden");
  const rows = await systemDb()
    .select({ tenantId: rechargeRules.tenantId })
    .from(rechargeRules)
    .where(isNotNull(rechargeRules.stoppedAt));
  return new Set(rows.map((row) => row.tenantId));
}
