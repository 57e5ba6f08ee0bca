import { and, desc, eq, isNull, lt, or } from "drizzle-orm";
import { systemDb, withTenant } from "@/db/client";
import { apiTokens } from "@/db/schema";
import { now } from "@/lib/clock";
import { AppError, invalid } from "@/lib/errors";
import { isId, newId } from "@/lib/ids";
import { type Page, type PageRequest, toPage } from "@/lib/paging";
import { hasRole, type Scope, type TokenRole } from "./roles";
import type { TenantScope } from "./scope";
import { signToken } from "./token-signature";

export type ApiToken = {
  tokenId: string;
  name: string;
  role: TokenRole;
  scopes: readonly string[];
  createdAt: Date;
  expiresAt: Date;
  lastUsedAt: Date | null;
  revokedAt: Date | null;
};

export type NewToken = { name: string; role: TokenRole; scopes: readonly Scope[]; expiresInDays: number };

const columns = {
  tokenId: apiTokens.tokenId,
  name: apiTokens.name,
  role: apiTokens.role,
  scopes: apiTokens.scopes,
  createdAt: apiTokens.createdAt,
  expiresAt: apiTokens.expiresAt,
  lastUsedAt: apiTokens.lastUsedAt,
  revokedAt: apiTokens.revokedAt,
};

const requireAdmin = (scope: TenantScope) => {
  if (!hasRole(scope, "admin")) throw new AppError("forbidden");
};

/**
 * Makes an API token of the tenant. The JWT is in the answer and nowhere else.
 * @throws AppError forbidden (not an admin, or a token stronger than its maker) · invalid_request (a service without a scope)
 */
export async function createToken(scope: TenantScope, input: NewToken): Promise<ApiToken & { jwt: string }> {
  requireAdmin(scope);
  if (input.role === "operator" && !hasRole(scope, "operator"))
    throw new AppError("forbidden", "Only an operator can make a token for operators");
  const scopes = [...new Set(input.scopes)];
  if (input.role === "service" && scopes.length === 0)
    throw invalid("scopes", "a service token needs at least one scope");
  const createdAt = now();
  const row = {
    tokenId: newId(),
    name: input.name,
    role: input.role,
    scopes,
    createdAt,
    expiresAt: new Date(createdAt.getTime() + input.expiresInDays * 86_400_000),
    lastUsedAt: null,
    revokedAt: null,
  };
  await withTenant(scope, (tx) =>
    tx.insert(apiTokens).values({ ...row, tenantId: scope.tenantId, createdBy: scope.userId }),
  );
  const subject = input.role === "service" || !scope.userId ? `token:${row.tokenId}` : scope.userId;
  const jwt = await signToken({ ...row, tenantId: scope.tenantId, subject, issuedAt: createdAt });
  return { ...row, jwt };
}

/** The tenant's tokens, newest first, revoked and expired ones too; never the JWTs. @throws AppError forbidden */
export async function listTokens(
  scope: TenantScope,
  page: PageRequest = { limit: 100, cursor: null },
): Promise<Page<ApiToken>> {
  requireAdmin(scope);
  const before = page.cursor;
  if (before !== null && !isId(before)) throw invalid("cursor", "is not one that this list gave out");
  const rows = await withTenant(scope, (tx) =>
    tx
      .select(columns)
      .from(apiTokens)
      // Ids are ordered by time (UUID version 7), so they are the list's order too.
      .where(and(eq(apiTokens.tenantId, scope.tenantId), before ? lt(apiTokens.tokenId, before) : undefined))
      .orderBy(desc(apiTokens.tokenId))
      .limit(page.limit + 1),
  );
  return toPage(rows as ApiToken[], page.limit, (row) => row.tokenId);
}

/** Ends a token at once. Revoking it again changes nothing. @throws AppError forbidden · not_found */
export async function revokeToken(scope: TenantScope, tokenId: string): Promise<ApiToken> {
  requireAdmin(scope);
  if (!isId(tokenId)) throw new AppError("not_found");
  const own = and(eq(apiTokens.tenantId, scope.tenantId), eq(apiTokens.tokenId, tokenId));
  const [row] = await withTenant(scope, async (tx) => {
    await tx
      .update(apiTokens)
      .set({ revokedAt: now() })
      .where(and(own, isNull(apiTokens.revokedAt)));
    return tx.select(columns).from(apiTokens).where(own);
  });
  if (!row) throw new AppError("not_found");
  return row as ApiToken;
}

/** Notes the use of a token, at most once a minute: a busy service must not write a row per call. */
export async function noteTokenUse(tokenId: string, lastUsedAt: Date | null): Promise<void> {
  const stale = new Date(now().getTime() - 60_000);
  if (lastUsedAt && lastUsedAt > stale) return;
  const unused = or(isNull(apiTokens.lastUsedAt), lt(apiTokens.lastUsedAt, stale));
  await systemDb()
    .update(apiTokens)
    .set({ lastUsedAt: now() })
    .where(and(eq(apiTokens.tokenId, tokenId), unused));
}
