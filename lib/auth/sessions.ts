import { and, eq, isNull, ne } from "drizzle-orm";
import { decode } from "next-auth/jwt";
import { systemDb, type Tx } from "@/db/client";
import { userSessions, users } from "@/db/schema";
import { now } from "@/lib/clock";
import { env } from "@/lib/env";
import { isId, newId, type UserId } from "@/lib/ids";

export type User = {
  userId: UserId;
  email: string;
  name: string;
  isOperator: boolean;
  locale: string;
  /** Whether they proved that the address is theirs. */
  emailConfirmed: boolean;
};
export type SignedIn = { sessionId: string; user: User };

/** How long a browser stays signed in. */
export const SESSION_DAYS = 30;

type UserRow = Pick<
  typeof users.$inferSelect,
  "userId" | "email" | "name" | "isOperator" | "locale" | "emailConfirmedAt"
>;
export const toUser = ({ userId, email, name, isOperator, locale, emailConfirmedAt }: UserRow): User => ({
  userId,
  email,
  name,
  isOperator,
  locale,
  emailConfirmed: emailConfirmedAt !== null,
});

/** Only a browser that talks https may be given a cookie marked secure; on localhost it would never come back. */
export const secureCookies = (): boolean => env().BILLING_URL.startsWith("https://");

export const sessionCookieName = (): string => `${secureCookies() ? "__Secure-" : ""}next-auth.session-token`;

/** Stores a new session of a user who has just proven who they are. @returns its id, which the cookie's JWT names */
export async function startSession(userId: UserId, userAgent: string | null): Promise<string> {
  const sessionId = newId();
  await systemDb()
    .insert(userSessions)
    .values({ sessionId, userId, userAgent: userAgent?.slice(0, 300) ?? null, createdAt: now() });
  return sessionId;
}

/** Ends a session: its cookie is worth nothing from now on. */
export async function endSession(sessionId: string): Promise<void> {
  if (!isId(sessionId)) return;
  await systemDb()
    .update(userSessions)
    .set({ endedAt: now() })
    .where(and(eq(userSessions.sessionId, sessionId), isNull(userSessions.endedAt)));
}

/** Ends every session of a person, in the caller's transaction. @param except the one that stays */
export async function endSessionsOf(tx: Tx, userId: UserId, except: string | null): Promise<void> {
  await tx
    .update(userSessions)
    .set({ endedAt: now() })
    .where(
      and(
        eq(userSessions.userId, userId),
        isNull(userSessions.endedAt),
        except ? ne(userSessions.sessionId, except) : undefined,
      ),
    );
}

/** Who the value of the session cookie stands for; null when it is forged, expired, or its session was ended. */
export async function readSession(cookie: string | undefined): Promise<SignedIn | null> {
  if (!cookie) return null;
  const claims = await decode({ token: cookie, secret: env().NEXTAUTH_SECRET }).catch(() => null);
  const sessionId = typeof claims?.sid === "string" ? claims.sid : "";
  if (!isId(sessionId)) return null;
  const [row] = await systemDb()
    .select({
      userId: users.userId,
      email: users.email,
      name: users.name,
      isOperator: users.isOperator,
      locale: users.locale,
      emailConfirmedAt: users.emailConfirmedAt,
    })
    .from(userSessions)
    .innerJoin(users, eq(users.userId, userSessions.userId))
    .where(and(eq(userSessions.sessionId, sessionId), isNull(userSessions.endedAt)));
  return row ? { sessionId, user: toUser(row) } : null;
}
