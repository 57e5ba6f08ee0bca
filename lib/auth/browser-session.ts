import { cookies } from "next/headers";
import { encode } from "next-auth/jwt";
import { env } from "@/lib/env";
import type { TenantId } from "@/lib/ids";
import { TENANT_COOKIE } from "./choose-tenant";
import { endSession, readSession, SESSION_DAYS, secureCookies, sessionCookieName, type User } from "./sessions";

const DAY_SECONDS = 24 * 60 * 60;
const ours = { httpOnly: true, sameSite: "lax", path: "/" } as const;

/**
 * Gives a session to the browser that asked, in a server action, in the cookie that next-auth reads; the one it had ends.
 * Server actions are answered to our own pages only, so nobody else's page can sign a browser in.
 */
export async function enterBrowser(user: User, sessionId: string): Promise<void> {
  const jar = await cookies();
  const before = await readSession(jar.get(sessionCookieName())?.value);
  if (before && before.sessionId !== sessionId) await endSession(before.sessionId);
  const maxAge = SESSION_DAYS * DAY_SECONDS;
  const token = { sub: user.userId, sid: sessionId, email: user.email, name: user.name };
  const value = await encode({ token, secret: env().NEXTAUTH_SECRET, maxAge });
  jar.set(sessionCookieName(), value, { ...ours, secure: secureCookies(), maxAge });
}

/** Remembers which tenant this browser shows. Whether it may is looked at by the gate, every time. */
export async function rememberTenant(tenantId: TenantId): Promise<void> {
  (await cookies()).set(TENANT_COOKIE, tenantId, { ...ours, secure: secureCookies(), maxAge: 365 * DAY_SECONDS });
}
