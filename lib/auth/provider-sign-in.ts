import { and, eq } from "drizzle-orm";
import { systemDb, type Tx } from "@/db/client";
import { linkedAccounts, users } from "@/db/schema";
import { now } from "@/lib/clock";
import { newId, type UserId } from "@/lib/ids";
import { log } from "@/lib/log";
import { provenOwner } from "./address-proof";
import type { ProviderPerson } from "./providers";
import { toUser, type User } from "./sessions";
import { tidyEmail } from "./sign-in";
import { NO_LOCALE } from "./users";

async function newPerson(tx: Tx, email: string, name: string): Promise<typeof users.$inferSelect> {
  const at = now();
  const row = {
    userId: newId<UserId>(),
    email,
    name: name.trim().slice(0, 100) || (email.split("@")[0] ?? email),
    passwordHash: null,
    emailConfirmedAt: at,
    isOperator: false,
    locale: NO_LOCALE,
    createdAt: at,
  };
  await tx.insert(users).values(row);
  return row;
}

/**
 * The person whom a provider vouches for: by an account linked before, else by the address it has verified, which is then linked;
 * somebody new when nobody has the address.
 * @returns null when it is not linked and the provider has not verified the address: it could be anybody's
 */
export async function personOfProvider(from: ProviderPerson): Promise<User | null> {
  const { provider, providerUserId } = from;
  return systemDb().transaction(async (tx) => {
    const [linked] = await tx
      .select()
      .from(linkedAccounts)
      .innerJoin(users, eq(users.userId, linkedAccounts.userId))
      .where(and(eq(linkedAccounts.provider, provider), eq(linkedAccounts.providerUserId, providerUserId)));
    if (linked) return toUser(linked.users);
    if (!from.verifiedEmail) return null;
    const email = tidyEmail(from.verifiedEmail);
    const owner = (await provenOwner(tx, email)) ?? (await newPerson(tx, email, from.name));
    await tx
      .insert(linkedAccounts)
      .values({ provider, providerUserId, userId: owner.userId, createdAt: now() })
      .onConflictDoNothing();
    log().info({ userId: owner.userId, provider }, "account linked");
    return toUser(owner);
  });
}
