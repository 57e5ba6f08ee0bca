import type { TenantId } from "@/lib/ids";
import { isId } from "@/lib/ids";
import type { Currency } from "@/lib/money/currency";
import { findTenant, listTenantsForOperator, tenantsOf } from "@/lib/tenants/queries";
import type { TenantScope } from "./scope";
import type { User } from "./sessions";

/** Which of their tenants a browser shows. */
export const TENANT_COOKIE = "evenkeel_tenant";

export type TenantActor = { scope: TenantScope; currency: Currency };
export type TenantChoice = {
  tenantId: TenantId;
  slug: string;
  name: string;
  currency: Currency;
  role: TenantScope["role"];
};

/** The tenants a person may switch to: an operator all of them, everybody else their own. */
export async function tenantChoices(user: User): Promise<TenantChoice[]> {
  if (!user.isOperator) return tenantsOf(user.userId);
  return (await listTenantsForOperator({ role: "operator" })).map((tenant) => ({
    ...tenant,
    role: "operator" as const,
  }));
}

/**
 * The scope of a signed-in person on the tenant they chose, or on their first. A choice that is not theirs is as good as none.
 * An operator belongs to no tenant and acts on one only by choosing it.
 * @returns null when there is no tenant to act on
 */
export async function actorFor(user: User, chosen: string | null): Promise<TenantActor | null> {
  const scopeOn = (tenantId: TenantId, role: TenantScope["role"]): TenantScope => ({
    tenantId,
    role,
    userId: user.userId,
    actor: user.email,
    scopes: [],
  });
  if (user.isOperator) {
    const tenant = chosen && isId(chosen) ? await findTenant(chosen as TenantId) : null;
    return tenant && { scope: scopeOn(tenant.tenantId, "operator"), currency: tenant.currency };
  }
  const own = await tenantsOf(user.userId);
  const tenant = own.find((t) => t.tenantId === chosen) ?? own[0];
  return tenant ? { scope: scopeOn(tenant.tenantId, tenant.role), currency: tenant.currency } : null;
}
