import { and, eq, sql } from "drizzle-orm";
import { preparedQuery } from "@/db/client";
import { apiTokens, memberships, type Role, tenants, users } from "@/db/schema";
import { now } from "@/lib/clock";
import { log } from "@/lib/log";
import { doTogether } from "@/lib/together";
import type { TenantActor } from "./choose-tenant";
import { hasRole, type TokenRole } from "./roles";
import { readToken } from "./token-signature";
import { noteTokenUse } from "./tokens";

export type TokenActor = TenantActor & { tokenId: string };

/**
 * The role that a token still has: never more than its maker has today. A service token outlives its maker, because a
 * service must not stop when a person leaves.
 */
function roleToday(role: TokenRole, maker: { role: Role | null; isOperator: boolean | null }): TokenRole | null {
  if (role === "service") return role;
  if (maker.isOperator) return role;
  if (role === "operator" || !maker.role) return null;
  return hasRole({ role: maker.role }, role) ? role : "member";
}

/** Scopes are an admin's to give: with the maker's role they end, except for services. */
function scopesToday(
  role: TokenRole,
  scopes: string[],
  maker: { role: Role | null; isOperator: boolean | null },
): string[] {
  const mayGive = role === "service" || maker.isOperator || (maker.role && hasRole({ role: maker.role }, "admin"));
  return mayGive ? scopes : [];
}

const tokensById = preparedQuery((db) =>
  db
    .select({
      tokenId: apiTokens.tokenId,
      tenantId: apiTokens.tenantId,
      name: apiTokens.name,
      role: apiTokens.role,
      scopes: apiTokens.scopes,
      createdBy: apiTokens.createdBy,
      expiresAt: apiTokens.expiresAt,
      revokedAt: apiTokens.revokedAt,
      lastUsedAt: apiTokens.lastUsedAt,
      currency: tenants.currency,
      makerRole: memberships.role,
      makerIsOperator: users.isOperator,
    })
    .from(apiTokens)
    .innerJoin(tenants, eq(tenants.tenantId, apiTokens.tenantId))
    .leftJoin(users, eq(users.userId, apiTokens.createdBy))
    .leftJoin(
      memberships,
      and(eq(memberships.tenantId, apiTokens.tenantId), eq(memberships.userId, apiTokens.createdBy)),
    )
    .where(sql`${apiTokens.tokenId} = any(${sql.placeholder("tokenIds")}::uuid[])`)
    .prepare("tokens_by_id"),
);

type TokenRow = Awaited<ReturnType<ReturnType<typeof tokensById>["execute"]>>[number];

async function readTokens(tokenIds: string[]): Promise<(TokenRow | undefined)[]> {
  const rows = await tokensById().execute({ tokenIds });
  const byId = new Map(rows.map((row) => [row.tokenId, row]));
  return tokenIds.map((tokenId) => byId.get(tokenId));
}

/** Calls that come at once are looked up together: what a lookup costs is asking, not finding. */
const lookups = {
  all: readTokens,
  one: async (tokenId: string) => (await readTokens([tokenId]))[0],
  nothingDone: () => true,
};

/** Who a Bearer token stands for, in one indexed read; null when it is forged, expired, revoked, or its maker is gone. */
export async function verifyToken(jwt: string): Promise<TokenActor | null> {
  const claims = await readToken(jwt);
  if (!claims) return null;
  const row = await doTogether("tokens", claims.tokenId, lookups);
  if (!row || row.revokedAt || row.expiresAt <= now() || row.tenantId !== claims.tenantId) return null;
  const maker = { role: row.makerRole, isOperator: row.makerIsOperator };
  const role = roleToday(row.role as TokenRole, maker);
  if (!role) return null;
  const scopes = scopesToday(role, row.scopes, maker);
  await noteTokenUse(claims.tokenId, row.lastUsedAt).catch((error) =>
    log().warn({ err: error }, "use of a token was not noted"),
  );
  const userId = role === "service" ? null : row.createdBy;
  return {
    tokenId: claims.tokenId,
    currency: row.currency,
    scope: { tenantId: row.tenantId, role, userId, actor: `token:${row.name}`, scopes },
  };
}
