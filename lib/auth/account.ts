import { and, desc, eq, gt, isNull } from "drizzle-orm";
import { systemDb } from "@/db/client";
import { linkedAccounts, userSessions, users } from "@/db/schema";
import { now } from "@/lib/clock";
import { AppError, invalid } from "@/lib/errors";
import { isId } from "@/lib/ids";
import { checkPassword, hashPassword, passwordMatches } from "./password";
import { endSessionsOf, SESSION_DAYS, type SignedIn, type User } from "./sessions";
import { forgiveSignInTries, takeSignInTry } from "./sign-in-limits";
import { tellPasswordChanged } from "./use-link";

export type AccountSession = { sessionId: string; userAgent: string | null; createdAt: Date; isThis: boolean };
export type Account = { hasPassword: boolean; providers: string[]; sessions: AccountSession[] };

/** How a person signs in, and where they are signed in now, latest first. */
export async function getAccount({ user, sessionId }: SignedIn): Promise<Account> {
  const oldest = new Date(now().getTime() - SESSION_DAYS * 86_400_000);
  const [[person], linked, sessions] = await Promise.all([
    systemDb().select({ passwordHash: users.passwordHash }).from(users).where(eq(users.userId, user.userId)),
    systemDb()
      .select({ provider: linkedAccounts.provider })
      .from(linkedAccounts)
      .where(eq(linkedAccounts.userId, user.userId)),
    systemDb()
      .select({
        sessionId: userSessions.sessionId,
        userAgent: userSessions.userAgent,
        createdAt: userSessions.createdAt,
      })
      .from(userSessions)
      .where(
        and(
          eq(userSessions.userId, user.userId),
          isNull(userSessions.endedAt),
          // The cookie of an older one has expired.
          gt(userSessions.createdAt, oldest),
        ),
      )
      .orderBy(desc(userSessions.createdAt))
      .limit(100),
  ]);
  return {
    hasPassword: person?.passwordHash != null,
    providers: linked.map((each) => each.provider),
    sessions: sessions.map((each) => ({ ...each, isThis: each.sessionId === sessionId })),
  };
}

/** Changes name and language. */
export async function saveProfile(user: User, profile: { name: string; locale: string }): Promise<void> {
  await systemDb().update(users).set(profile).where(eq(users.userId, user.userId));
}

/**
 * Changes the password, or sets the first one, and ends all other sessions.
 * @throws AppError invalid_request (`current`: wrong_password; `password`: too weak) · rate_limited
 */
export async function changePassword(
  { user, sessionId }: SignedIn,
  input: { current: string; password: string; address: string },
): Promise<void> {
  checkPassword(input.password);
  const [person] = await systemDb().select().from(users).where(eq(users.userId, user.userId));
  if (!person) throw new AppError("unauthenticated");
  if (person.passwordHash) {
    // Guesses count like those at the sign-in: a browser left open must not be a way around its limits.
    await takeSignInTry(person.email, input.address);
    if (!(await passwordMatches(input.current, person.passwordHash))) throw invalid("current", "wrong_password");
    await forgiveSignInTries(person.email, input.address, person.emailConfirmedAt !== null);
  }
  const passwordHash = await hashPassword(input.password);
  await systemDb().transaction(async (tx) => {
    await tx.update(users).set({ passwordHash }).where(eq(users.userId, user.userId));
    await endSessionsOf(tx, user.userId, sessionId);
  });
  await tellPasswordChanged(person);
}

/** Ends one of the person's own sessions. @throws AppError not_found */
export async function endOwnSession(user: User, sessionId: string): Promise<void> {
  if (!isId(sessionId)) throw new AppError("not_found");
  const [ended] = await systemDb()
    .update(userSessions)
    .set({ endedAt: now() })
    .where(and(eq(userSessions.sessionId, sessionId), eq(userSessions.userId, user.userId)))
    .returning({ sessionId: userSessions.sessionId });
  if (!ended) throw new AppError("not_found");
}

/** Ends every session of the person but the one at hand. */
export async function endOtherSessions({ user, sessionId }: SignedIn): Promise<void> {
  await systemDb().transaction((tx) => endSessionsOf(tx, user.userId, sessionId));
}
