import { and, asc, eq, sql } from "drizzle-orm";
import { systemDb, withTenant } from "@/db/client";
import { memberships, type Role, tenants, users } from "@/db/schema";
import { hasRole } from "@/lib/auth/roles";
import type { TenantScope } from "@/lib/auth/scope";
import { AppError, invalid } from "@/lib/errors";
import { isId, type TenantId, type UserId } from "@/lib/ids";
import type { Currency } from "@/lib/money/currency";
import { type Page, type PageRequest, toPage } from "@/lib/paging";

export type Tenant = Omit<typeof tenants.$inferSelect, "createdAt" | "creditMinor">;
export type Member = { userId: UserId; email: string; name: string; role: Role };
export type MemberOf = { tenantId: TenantId; slug: string; name: string; currency: Currency; role: Role };

const columns = {
  tenantId: tenants.tenantId,
  slug: tenants.slug,
  name: tenants.name,
  currency: tenants.currency,
  timeZone: tenants.timeZone,
  locale: tenants.locale,
  stripeCustomerId: tenants.stripeCustomerId,
};

/** The tenant of a scope. @throws AppError not_found */
export async function getTenant(scope: TenantScope): Promise<Tenant> {
  const [tenant] = await withTenant(scope, (tx) =>
    tx.select(columns).from(tenants).where(eq(tenants.tenantId, scope.tenantId)),
  );
  if (!tenant) throw new AppError("not_found");
  return tenant;
}

/** Who belongs to the tenant, by name; the cursor is the last one shown. @throws AppError invalid_request for a cursor not given out */
export async function listMembers(scope: TenantScope, { limit, cursor }: PageRequest): Promise<Page<Member>> {
  if (cursor !== null && !isId(cursor)) throw invalid("cursor", "is not one that this list gave out");
  const rows = await withTenant(scope, (tx) =>
    tx
      .select({ userId: users.userId, email: users.email, name: users.name, role: memberships.role })
      .from(memberships)
      .innerJoin(users, eq(users.userId, memberships.userId))
      .where(
        and(
          eq(memberships.tenantId, scope.tenantId),
          cursor
            ? sql`(${users.name}, ${users.userId}) > (select u.name, u.user_id from users u where u.user_id = ${cursor}::uuid)`
            : undefined,
        ),
      )
      .orderBy(asc(users.name), asc(users.userId))
      .limit(limit + 1),
  );
  return toPage(rows, limit, (row) => row.userId);
}

/** The tenants that a user belongs to, by name, each with the user's role. */
export async function tenantsOf(userId: UserId): Promise<MemberOf[]> {
  return systemDb()
    .select({
      tenantId: tenants.tenantId,
      slug: tenants.slug,
      name: tenants.name,
      currency: tenants.currency,
      role: memberships.role,
    })
    .from(memberships)
    .innerJoin(tenants, eq(tenants.tenantId, memberships.tenantId))
    .where(eq(memberships.userId, userId))
    .orderBy(asc(tenants.name));
}

/** A tenant by id, for gates and operators, who have no scope on it yet. */
export async function findTenant(tenantId: TenantId): Promise<Tenant | null> {
  const [tenant] = await systemDb().select(columns).from(tenants).where(eq(tenants.tenantId, tenantId));
  return tenant ?? null;
}

/** Every tenant, by name. @throws AppError forbidden for anybody but an operator */
export async function listTenantsForOperator(scope: Pick<TenantScope, "role">): Promise<Tenant[]> {
  if (!hasRole(scope, "operator")) throw new AppError("forbidden");
  return systemDb().select(columns).from(tenants).orderBy(asc(tenants.name));
}
