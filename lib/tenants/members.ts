import { and, eq } from "drizzle-orm";
import { type Tx, withTenant } from "@/db/client";
import { memberships, mutedNotices, ROLES, type Role, tenants } from "@/db/schema";
import { hasRole } from "@/lib/auth/roles";
import type { TenantScope } from "@/lib/auth/scope";
import { AppError } from "@/lib/errors";
import { isId, type UserId } from "@/lib/ids";
import { log } from "@/lib/log";

/** From most to least. */
export const MEMBER_ROLES = ROLES;

type Roles = Map<UserId, Role>;

/** Everybody's role, with the tenant locked: of two changes at once the second sees what the first did. */
async function lockRoles(tx: Tx, scope: TenantScope): Promise<Roles> {
  const ofTenant = eq(tenants.tenantId, scope.tenantId);
  await tx.select({ tenantId: tenants.tenantId }).from(tenants).where(ofTenant).for("update");
  const rows = await tx
    .select({ userId: memberships.userId, role: memberships.role })
    .from(memberships)
    .where(eq(memberships.tenantId, scope.tenantId));
  return new Map(rows.map((row) => [row.userId, row.role]));
}

const roleOf = (roles: Roles, userId: string): Role => {
  const role = isId(userId) ? roles.get(userId as UserId) : undefined;
  if (!role) throw new AppError("not_found");
  return role;
};
const membership = (scope: TenantScope, userId: string) =>
  and(eq(memberships.tenantId, scope.tenantId), eq(memberships.userId, userId as UserId));
const setRole = (tx: Tx, scope: TenantScope, userId: string, role: Role) =>
  tx.update(memberships).set({ role }).where(membership(scope, userId));

/** What somebody may give and take away: an owner everything, an admin nothing that is an owner's. */
export function mayManage(scope: Pick<TenantScope, "role">, role: Role): boolean {
  return role === "owner" ? hasRole(scope, "owner") : hasRole(scope, "admin");
}

function keepAnOwner(roles: Roles, leaving: string): void {
  const others = [...roles].filter(([userId, role]) => role === "owner" && userId !== leaving);
  if (others.length === 0) throw new AppError("last_owner");
}

/**
 * Gives a member another role.
 * @throws AppError forbidden (not theirs to give, or to take) · not_found · last_owner
 */
export async function changeRole(scope: TenantScope, userId: string, role: Role): Promise<void> {
  await withTenant(scope, async (tx) => {
    const roles = await lockRoles(tx, scope);
    const before = roleOf(roles, userId);
    if (!mayManage(scope, before) || !mayManage(scope, role)) throw new AppError("forbidden");
    if (before === "owner" && role !== "owner") keepAnOwner(roles, userId);
    await setRole(tx, scope, userId, role);
  });
  log().info({ tenantId: scope.tenantId, userId, role, by: scope.actor }, "role changed");
}

/** An owner makes another member owner and becomes an admin. @throws AppError forbidden · not_found */
export async function handOver(scope: TenantScope, userId: string): Promise<void> {
  const { userId: ownId } = scope;
  if (scope.role !== "owner" || !ownId || ownId === userId) throw new AppError("forbidden");
  await withTenant(scope, async (tx) => {
    const roles = await lockRoles(tx, scope);
    roleOf(roles, userId);
    // The scope was read before the lock.
    if (roles.get(ownId) !== "owner") throw new AppError("forbidden");
    await setRole(tx, scope, userId, "owner");
    await setRole(tx, scope, ownId, "admin");
  });
  log().info({ tenantId: scope.tenantId, userId, by: scope.actor }, "ownership handed on");
}

/**
 * Takes a member out, or lets one leave. The next request of theirs finds no tenant; tokens they made for themselves end with it
 * (see `verifyToken`).
 * @throws AppError forbidden · not_found · last_owner
 */
export async function removeMember(scope: TenantScope, userId: string): Promise<void> {
  await withTenant(scope, async (tx) => {
    const roles = await lockRoles(tx, scope);
    const role = roleOf(roles, userId);
    if (userId !== scope.userId && !mayManage(scope, role)) throw new AppError("forbidden");
    if (role === "owner") keepAnOwner(roles, userId);
    await tx
      .delete(mutedNotices)
      .where(and(eq(mutedNotices.tenantId, scope.tenantId), eq(mutedNotices.userId, userId as UserId)));
    await tx.delete(memberships).where(membership(scope, userId));
  });
  log().info({ tenantId: scope.tenantId, userId, by: scope.actor }, "member removed");
}
