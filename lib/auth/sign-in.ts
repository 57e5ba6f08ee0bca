import { eq } from "drizzle-orm";
import { systemDb } from "@/db/client";
import { users } from "@/db/schema";
import { AppError } from "@/lib/errors";
import { log } from "@/lib/log";
import { passwordMatches } from "./password";
import { startSession, type User } from "./sessions";
import { forgiveSignInTries, takeSignInTry } from "./sign-in-limits";

export type SignInInput = { email: string; password: string; address: string; userAgent: string | null };

/**
 * Signs a person in by e-mail and password and starts a session.
 * @throws AppError unauthenticated (which part was wrong is not told) · rate_limited
 */
export async function signIn(input: SignInInput): Promise<{ user: User; sessionId: string }> {
  const email = input.email.trim().toLowerCase().slice(0, 200);
  await takeSignInTry(email, input.address);
  const [row] = await systemDb().select().from(users).where(eq(users.email, email));
  const matches = await passwordMatches(input.password.slice(0, 1_000), row?.passwordHash ?? null);
  if (!row || !matches) {
    log().warn({ address: input.address }, "sign-in refused");
    throw new AppError("unauthenticated", "The e-mail or the password is wrong");
  }
  await forgiveSignInTries(email, input.address);
  const { userId, name, isOperator, locale } = row;
  const sessionId = await startSession(userId, input.userAgent);
  log().info({ userId }, "signed in");
  return { user: { userId, email, name, isOperator, locale }, sessionId };
}

/**
 * The caller's address: the last hop of X-Forwarded-For, which the nearest proxy wrote. Earlier ones are the client's own words.
 */
export function clientAddress(headers: { get(name: string): string | null }): string {
  return headers.get("x-forwarded-for")?.split(",").at(-1)?.trim() || "unknown";
}
