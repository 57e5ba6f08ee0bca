import type { Role } from "@/db/schema/tenants";
import type { TenantScope } from "./scope";

const RANK: Record<TenantScope["role"], number> = { service: 0, member: 1, admin: 2, owner: 3, operator: 4 };

/** Whether a person's role suffices. A service is no person: it is let in by its scopes alone. */
export const hasRole = (scope: Pick<TenantScope, "role">, atLeast: Role | "operator"): boolean =>
  RANK[scope.role] >= RANK[atLeast];

/** What a service token may be allowed, closed. A `:write` includes its `:read`. */
export const SCOPES = [
  "balance:read",
  "balance:write",
  "payment-methods:read",
  "payment-methods:write",
  "subscriptions:read",
  "invoices:read",
  "transactions:read",
  "usage:read",
  "usage:write",
] as const;
export type Scope = (typeof SCOPES)[number];

/** Whether a list of scopes includes the one that a call needs. */
export function hasScope(scopes: readonly string[], needed: Scope): boolean {
  return scopes.includes(needed) || scopes.includes(needed.replace(/:read$/, ":write"));
}

export const TOKEN_ROLES = ["member", "admin", "service", "operator"] as const;
export type TokenRole = (typeof TOKEN_ROLES)[number];
