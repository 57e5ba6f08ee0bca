import { encode } from "next-auth/jwt";
import { SCOPES, type TokenRole } from "@/lib/auth/roles";
import type { TenantScope } from "@/lib/auth/scope";
import { sessionCookieName, startSession } from "@/lib/auth/sessions";
import { createToken, revokeToken } from "@/lib/auth/tokens";
import { env } from "@/lib/env";
import type { UserId } from "@/lib/ids";

/** Somebody who calls; without a tenant when the credentials are worth nothing. */
export type Caller = {
  name: string;
  tenantId: string | null;
  role: TokenRole;
  /** May do whatever the owner of a tenant and its services may. */
  isAble: boolean;
  headers: Record<string, string>;
};

export type Owned = { name: string; scope: TenantScope; userId: UserId; operator: TenantScope };

const bearer = (jwt: string) => ({ authorization: `Bearer ${jwt}` });

async function ofTenant({ name, scope, userId, operator }: Owned): Promise<Caller[]> {
  const token = async (role: TokenRole, scopes: readonly (typeof SCOPES)[number][] = []) => {
    const maker = role === "operator" ? operator : scope;
    const { jwt } = await createToken(maker, { name: "fuzz", role, scopes, expiresInDays: 365 });
    const label = `${name} ${role}${scopes.length === 1 ? ` ${scopes[0]}` : ""}`;
    const isAble = role === "admin" && scopes.length > 1;
    return { name: label, tenantId: scope.tenantId, role, isAble, headers: bearer(jwt) };
  };
  const sid = await startSession(userId, "fuzz");
  const cookie = `${sessionCookieName()}=${await encode({ token: { sid }, secret: env().NEXTAUTH_SECRET })}`;
  const session = { tenantId: scope.tenantId, role: "admin" as const, isAble: false };
  return [
    await token("admin", SCOPES),
    await token("admin"),
    await token("member"),
    await token("service", SCOPES),
    await token("service", ["balance:write"]),
    await token("service", ["usage:read"]),
    await token("operator"),
    { ...session, name: `${name} session`, headers: { cookie, origin: env().BILLING_URL } },
    {
      ...session,
      name: `${name} session, odd choice`,
      headers: { cookie: `${cookie}; evenkeel_tenant=%`, origin: env().BILLING_URL },
    },
    { ...session, name: `${name} session elsewhere`, headers: { cookie, origin: "https://evil.test" } },
  ];
}

async function worthless({ scope }: Owned): Promise<Caller[]> {
  const made = await createToken(scope, { name: "revoked", role: "admin", scopes: [], expiresInDays: 30 });
  await revokeToken(scope, made.tokenId);
  const [head, payload, signature] = made.jwt.split(".");
  const none = Buffer.from('{"alg":"none"}').toString("base64url");
  const cookie = sessionCookieName();
  const all: Record<string, Record<string, string>> = {
    nobody: {},
    revoked: bearer(made.jwt),
    unsigned: bearer(`${none}.${payload}.`),
    forged: bearer(`${head}.${payload}.${signature?.split("").reverse().join("")}`),
    "no JSON": bearer("a.b.c"),
    "not UTF-8": bearer("_____.____.____"),
    "no token": { authorization: "Bearer" },
    basic: { authorization: "Basic b2xpdmlhOmV2ZW5rZWVs" },
    long: bearer(`${"a".repeat(6_000)}.b.c`),
    "no session": { cookie: `${cookie}=x` },
    "escapes for nothing": { cookie: `${cookie}=%zz` },
  };
  return Object.entries(all).map(([name, headers]) => ({
    name,
    tenantId: null,
    role: "member",
    isAble: false,
    headers,
  }));
}

/** Everybody who calls: people and programs of each kind in each tenant, and some with credentials that are worth nothing. */
export async function callersOf(tenants: Owned[]): Promise<Caller[]> {
  const [first] = tenants;
  const known = await Promise.all(tenants.map(ofTenant));
  return [...known.flat(), ...(first ? await worthless(first) : [])];
}
