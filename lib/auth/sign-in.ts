import { and, desc, eq, isNotNull, isNull } from "drizzle-orm";
import { systemDb } from "@/db/client";
import { users } from "@/db/schema";
import { AppError } from "@/lib/errors";
import { log } from "@/lib/log";
import { passwordMatches } from "./password";
import { startSession, toUser, type User } from "./sessions";
import { forgiveSignInTries, takeSignInTry } from "./sign-in-limits";

export type SignInInput = { email: string; password: string; address: string; userAgent: string | null };
type UserRow = typeof users.$inferSelect;

/** As addresses are stored: what people type differs in case and in blanks around it. */
export const tidyEmail = (email: string): string => email.trim().toLowerCase().slice(0, 200);

/** Of those who signed up with an address without proving it, so many of the latest can sign in with their passwords. */
const UNPROVEN = 2;

/** Who may be meant by an address: whoever proved it, then the latest who did not; always three places, so that the work is the same. */
async function candidates(email: string): Promise<(UserRow | null)[]> {
  const [[proven], unproven] = await Promise.all([
    systemDb()
      .select()
      .from(users)
      .where(and(eq(users.email, email), isNotNull(users.emailConfirmedAt))),
    systemDb()
      .select()
      .from(users)
      .where(and(eq(users.email, email), isNull(users.emailConfirmedAt)))
      .orderBy(desc(users.createdAt))
      .limit(UNPROVEN),
  ]);
  return [proven ?? null, ...Array.from({ length: UNPROVEN }, (_, index) => unproven[index] ?? null)];
}

/** The person with this address and this password. Takes the same time whoever there is. */
export async function findByPassword(email: string, password: string): Promise<UserRow | null> {
  const people = await candidates(email);
  const matches = await Promise.all(people.map((each) => passwordMatches(password, each?.passwordHash ?? null)));
  return people.find((_, index) => matches[index]) ?? null;
}

/**
 * Signs a person in by e-mail and password and starts a session.
 * @throws AppError unauthenticated (which part was wrong is not told) · rate_limited
 */
export async function signIn(input: SignInInput): Promise<{ user: User; sessionId: string }> {
  const email = tidyEmail(input.email);
  await takeSignInTry(email, input.address);
  const row = await findByPassword(email, input.password.slice(0, 1_000));
  if (!row) {
    log().warn({ address: input.address }, "sign-in refused");
    throw new AppError("unauthenticated", "The e-mail or the password is wrong");
  }
  await forgiveSignInTries(email, input.address, row.emailConfirmedAt !== null);
  const sessionId = await startSession(row.userId, input.userAgent);
  log().info({ userId: row.userId }, "signed in");
  return { user: toUser(row), sessionId };
}

/**
 * The caller's address: the last hop of X-Forwarded-For, which the nearest proxy wrote. Earlier ones are the client's own words.
 */
export function clientAddress(headers: { get(name: string): string | null }): string {
  return headers.get("x-forwarded-for")?.split(",").at(-1)?.trim() || "unknown";
}
