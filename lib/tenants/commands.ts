import type { Tx } from "@/db/client";
import { memberships, type Role, rechargeRules, tenants } from "@/db/schema";
import { now } from "@/lib/clock";
import { newId, type TenantId, type UserId } from "@/lib/ids";
import { openAccount } from "@/lib/ledger/accounts";
import type { Currency } from "@/lib/money/currency";
import { startFree } from "@/lib/subscriptions/free";

export type NewTenant = { slug: string; name: string; currency: Currency; timeZone: string; locale?: string };

/** Creates a tenant with what every tenant has: a rule that is off, a prepaid account at zero and the Free plan. */
export async function createTenant(tx: Tx, input: NewTenant): Promise<TenantId> {
  const tenantId = newId<TenantId>();
  const at = now();
  await tx.insert(tenants).values({ tenantId, ...input, createdAt: at });
  await tx.insert(rechargeRules).values({ tenantId, updatedAt: at });
  await openAccount(tx, tenantId, input.currency);
  await startFree(tx, tenantId, input.currency, at);
  return tenantId;
}

/** Makes a user a member of a tenant, or changes the role of one who is. */
export async function addMember(tx: Tx, tenantId: TenantId, userId: UserId, role: Role): Promise<void> {
  await tx
    .insert(memberships)
    .values({ tenantId, userId, role, createdAt: now() })
    .onConflictDoUpdate({ target: [memberships.tenantId, memberships.userId], set: { role } });
}
