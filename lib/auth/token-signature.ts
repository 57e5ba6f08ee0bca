import { createSecretKey, hkdfSync, type KeyObject } from "node:crypto";
import { jwtVerify, SignJWT } from "jose";
import { now } from "@/lib/clock";
import { env } from "@/lib/env";
import type { TenantId } from "@/lib/ids";

const ISSUER = "evenkeel";
const AUDIENCE = "evenkeel-api";

export type TokenClaims = {
  tokenId: string;
  tenantId: TenantId;
  subject: string;
  role: string;
  scopes: readonly string[];
  issuedAt: Date;
  expiresAt: Date;
};

let key: KeyObject | undefined;

/** A key of its own, derived from the one secret (HKDF, RFC 5869), so that no other signature can pass for a token's. */
function signingKey(): KeyObject {
  // Derived once: jose keeps what it makes of a key for as long as the same object comes.
  key ??= createSecretKey(Buffer.from(hkdfSync("sha256", env().NEXTAUTH_SECRET, "", "evenkeel api tokens 1", 32)));
  return key;
}

const seconds = (at: Date) => Math.floor(at.getTime() / 1000);

/** The JWT of an API token (HS256). */
export function signToken(claims: TokenClaims): Promise<string> {
  return new SignJWT({ tenant: claims.tenantId, role: claims.role, scopes: claims.scopes })
    .setProtectedHeader({ alg: "HS256", typ: "JWT" })
    .setSubject(claims.subject)
    .setJti(claims.tokenId)
    .setIssuer(ISSUER)
    .setAudience(AUDIENCE)
    .setIssuedAt(seconds(claims.issuedAt))
    .setExpirationTime(seconds(claims.expiresAt))
    .sign(signingKey());
}

type Named = { tokenId: string; tenantId: string; expiresAt: Date };

const KEEP = 10_000;
/** Tokens whose signature was found right: a service sends the same one with each call. */
const known = new Map<string, Named>();

async function verify(jwt: string): Promise<Named | null> {
  try {
    const { payload } = await jwtVerify(jwt, signingKey(), {
      algorithms: ["HS256"],
      issuer: ISSUER,
      audience: AUDIENCE,
      currentDate: now(),
      requiredClaims: ["sub", "jti", "exp", "tenant"],
    });
    const expiresAt = new Date(Number(payload.exp) * 1000);
    return { tokenId: String(payload.jti), tenantId: String(payload.tenant), expiresAt };
  } catch {
    return null;
  }
}

/** The id and the tenant that a JWT names, when the signature is ours and it has not expired; else null. */
export async function readToken(jwt: string): Promise<Pick<Named, "tokenId" | "tenantId"> | null> {
  const before = known.get(jwt);
  if (before) return before.expiresAt > now() ? before : null;
  const named = await verify(jwt);
  if (!named) return null;
  if (known.size >= KEEP) known.clear();
  known.set(jwt, named);
  return named;
}
