import { and, desc, eq, isNotNull, isNull, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { apiTokens, emailLinks, invitations, memberships, mutedNotices, userSessions, users } from "@/db/schema";
import { now } from "@/lib/clock";
import type { UserId } from "@/lib/ids";
import { endSessionsOf } from "./sessions";

type UserRow = typeof users.$inferSelect;

/** Whoever has proven an address; others who prove it now wait. */
export async function ownerOf(tx: Tx, email: string): Promise<UserRow | null> {
  // Whoever proves the same address at the same moment waits here.
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`address:${email}`}, 0))`);
  const [row] = await tx
    .select()
    .from(users)
    .where(and(eq(users.email, email), isNotNull(users.emailConfirmedAt)));
  return row ?? null;
}

/**
 * Whose an address is that somebody has just proven without saying who they are. Where nobody had it proven, it becomes the
 * latest person's who signed up with it: what was set up before the proof (password, sessions, tokens) opens nothing any more,
 * because it may have been somebody else's.
 * @returns null when nobody ever signed up with it
 */
export async function provenOwner(tx: Tx, email: string): Promise<UserRow | null> {
  const owner = await ownerOf(tx, email);
  if (owner) return owner;
  const [latest] = await tx.select().from(users).where(eq(users.email, email)).orderBy(desc(users.createdAt)).limit(1);
  if (!latest) return null;
  await endSessionsOf(tx, latest.userId, null);
  await tx
    .update(apiTokens)
    .set({ revokedAt: now() })
    .where(and(eq(apiTokens.createdBy, latest.userId), isNull(apiTokens.revokedAt)));
  const [proven] = await tx
    .update(users)
    .set({ emailConfirmedAt: now(), passwordHash: null })
    .where(eq(users.userId, latest.userId))
    .returning();
  return proven ?? null;
}

/**
 * A signed-in person has proven their address. When it belongs to an account already, the two become one: what the person
 * signed up for is added to the account, and the browser at hand is signed in to it.
 * @param sessionId the session that goes on
 * @returns the id under which the person is known from now on
 */
export async function confirmPerson(tx: Tx, userId: UserId, sessionId: string): Promise<UserId> {
  const [person] = await tx.select().from(users).where(eq(users.userId, userId));
  if (!person || person.emailConfirmedAt) return userId;
  const owner = await ownerOf(tx, person.email);
  if (!owner) {
    await tx.update(users).set({ emailConfirmedAt: now() }).where(eq(users.userId, userId));
    return userId;
  }
  await endSessionsOf(tx, userId, sessionId);
  await tx.execute(sql`insert into memberships (tenant_id, user_id, role, created_at)
    select tenant_id, ${owner.userId}, role, created_at from memberships where user_id = ${userId} on conflict do nothing`);
  await tx.delete(memberships).where(eq(memberships.userId, userId));
  await tx.delete(mutedNotices).where(eq(mutedNotices.userId, userId));
  const becomesOwner = { userId: owner.userId };
  await tx.update(userSessions).set(becomesOwner).where(eq(userSessions.userId, userId));
  await tx.update(emailLinks).set(becomesOwner).where(eq(emailLinks.userId, userId));
  await tx.update(apiTokens).set({ createdBy: owner.userId }).where(eq(apiTokens.createdBy, userId));
  await tx.update(invitations).set({ invitedBy: owner.userId }).where(eq(invitations.invitedBy, userId));
  // The row stays: consents and changes name who made them.
  await tx
    .update(users)
    .set({ email: `${userId}@merged.invalid`, passwordHash: null })
    .where(eq(users.userId, userId));
  return owner.userId;
}

/** Whether an address belongs to an account. For mails and for whoever holds a link sent to it; never for an answer to strangers. */
export async function isOwned(tx: Pick<Tx, "select">, email: string): Promise<boolean> {
  const rows = await tx
    .select({ userId: users.userId })
    .from(users)
    .where(and(eq(users.email, email), isNotNull(users.emailConfirmedAt)));
  return rows.length > 0;
}
