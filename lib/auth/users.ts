import { and, eq, isNotNull } from "drizzle-orm";
import { systemDb, type Tx } from "@/db/client";
import { users } from "@/db/schema";
import { now } from "@/lib/clock";
import { newId, type UserId } from "@/lib/ids";
import { hashPassword } from "./password";

/** Remembers the language in which somebody reads: mails to them follow it. @param locale BCP 47 */
export async function setLocale(userId: UserId, locale: string): Promise<void> {
  await systemDb().update(users).set({ locale }).where(eq(users.userId, userId));
}

/**
 * Makes a person whose address is vouched for (command line, seed), unless it belongs to somebody already; an existing password
 * stays as it is.
 */
export async function ensureUser(
  tx: Tx,
  person: { email: string; name: string; password: string; isOperator?: boolean },
): Promise<{ userId: UserId; isNew: boolean }> {
  const email = person.email.trim().toLowerCase();
  const [existing] = await tx
    .select({ userId: users.userId })
    .from(users)
    .where(and(eq(users.email, email), isNotNull(users.emailConfirmedAt)));
  if (existing) return { userId: existing.userId, isNew: false };
  const userId = newId<UserId>();
  const { name, isOperator = false } = person;
  const passwordHash = await hashPassword(person.password);
  const at = now();
  await tx.insert(users).values({ userId, email, name, isOperator, passwordHash, emailConfirmedAt: at, createdAt: at });
  return { userId, isNew: true };
}
