import type { TenantScope } from "@/lib/auth/scope";
import type { User } from "@/lib/auth/sessions";
import type { TenantId } from "@/lib/ids";

/** An operator, proven by the gate, acting on one tenant. */
export const operatorScope = (
  operator: { user: User; role: "operator"; actor: string },
  tenantId: TenantId,
): TenantScope => ({
  tenantId,
  role: operator.role,
  userId: operator.user.userId,
  actor: operator.actor,
  scopes: [],
});
