import { actorFor, TENANT_COOKIE } from "@/lib/auth/choose-tenant";
import { hasRole, hasScope } from "@/lib/auth/roles";
import type { TenantScope } from "@/lib/auth/scope";
import { readSession, sessionCookieName } from "@/lib/auth/sessions";
import { verifyToken } from "@/lib/auth/verify-token";
import { AppError } from "@/lib/errors";
import { isId, type TenantId } from "@/lib/ids";
import type { Currency } from "@/lib/money/currency";
import { findTenant } from "@/lib/tenants/queries";
import type { Access } from "./endpoint";
import { requireSameOrigin } from "./origin";

/** Names the tenant for people who belong to several, and for operators. */
export const TENANT_HEADER = "evenkeel-tenant";

/** Who calls. An operator who has not named a tenant has no scope yet. */
export type Caller = {
  scope: TenantScope | null;
  currency: Currency | null;
  role: TenantScope["role"];
  userId: TenantScope["userId"];
  actor: string;
  /** What calls are counted by: the token or the session. */
  credentialId: string;
};

/** A cookie's value; one whose escapes stand for nothing is as good as none. */
function cookie(request: Request, name: string): string | undefined {
  for (const pair of (request.headers.get("cookie") ?? "").split(";")) {
    const [key, ...value] = pair.trim().split("=");
    if (key !== name) continue;
    try {
      return decodeURIComponent(value.join("="));
    } catch {
      return undefined;
    }
  }
  return undefined;
}

async function byToken(request: Request, authorization: string): Promise<Caller> {
  const jwt = /^Bearer +([\w-]+\.[\w-]+\.[\w-]+) *$/i.exec(authorization)?.[1];
  const actor = jwt ? await verifyToken(jwt) : null;
  if (!actor) throw new AppError("unauthenticated");
  const { scope, tokenId } = actor;
  const caller = { role: scope.role, userId: scope.userId, actor: scope.actor, credentialId: tokenId };
  const named = request.headers.get(TENANT_HEADER);
  if (!named || named === scope.tenantId) return { ...caller, scope, currency: actor.currency };
  const tenant = scope.role === "operator" && isId(named) ? await findTenant(named as TenantId) : null;
  if (!tenant) throw new AppError("not_found", "There is no such tenant");
  return { ...caller, scope: { ...scope, tenantId: tenant.tenantId }, currency: tenant.currency };
}

async function bySession(request: Request): Promise<Caller> {
  const session = await readSession(cookie(request, sessionCookieName()));
  if (!session) throw new AppError("unauthenticated");
  if (request.method !== "GET" && request.method !== "HEAD") requireSameOrigin(request);
  const named = request.headers.get(TENANT_HEADER);
  const chosen = await actorFor(session.user, named ?? cookie(request, TENANT_COOKIE) ?? null);
  if (named && chosen?.scope.tenantId !== named) throw new AppError("not_found", "There is no such tenant");
  const { userId, email, isOperator } = session.user;
  if (!chosen && !isOperator) throw new AppError("forbidden", "You belong to no tenant");
  return {
    scope: chosen?.scope ?? null,
    currency: chosen?.currency ?? null,
    role: chosen?.scope.role ?? "operator",
    userId,
    actor: email,
    credentialId: session.sessionId,
  };
}

/** Who calls: by Bearer token, else by the session's cookie. @throws AppError unauthenticated · cross_origin · not_found */
export function authenticate(request: Request): Promise<Caller> {
  const authorization = request.headers.get("authorization");
  return authorization === null ? bySession(request) : byToken(request, authorization);
}

/** @throws AppError forbidden when the role or the scopes do not suffice */
export function authorize(caller: Caller, access: Exclude<Access, string>): void {
  const byRole = access.role !== undefined && hasRole(caller, access.role);
  // Services have nothing but scopes; a person's token may carry some beside its role, a session never.
  const byScope = access.scope !== undefined && hasScope(caller.scope?.scopes ?? [], access.scope);
  if (byRole || byScope) return;
  const needed = [
    access.role && `the role ${access.role}`,
    access.scope && `a token with the scope ${access.scope}`,
  ].filter(Boolean);
  throw new AppError("forbidden", `This needs ${needed.join(" or ")}`);
}
