import { and, eq, isNotNull } from "drizzle-orm";
import { systemDb, type Tx } from "@/db/client";
import { users } from "@/db/schema";
import { now } from "@/lib/clock";
import { newId, type UserId } from "@/lib/ids";
import { hashPassword } from "./password";

/** What stands for the language of somebody who never chose one ("undetermined", BCP 47): pages go by their browser then. */
export const NO_LOCALE = "und";

/** The language that somebody chose, else undefined. */
export const chosenLocale = (stored: string | undefined): string | undefined =>
  stored === NO_LOCALE ? undefined : stored;

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
  const proven = { emailConfirmedAt: at, createdAt: at };
  await tx.insert(users).values({ userId, email, name, isOperator, passwordHash, locale: NO_LOCALE, ...proven });
  return { userId, isNew: true };
}
