import { and, eq, gt, isNull } from "drizzle-orm";
import { systemDb, type Tx } from "@/db/client";
import { invitations, memberships, type Role, tenants, users } from "@/db/schema";
import { confirmPerson, isOwned, ownerOf } from "@/lib/auth/address-proof";
import { checkPassword, hashPassword } from "@/lib/auth/password";
import { hashOfSecret } from "@/lib/auth/secrets";
import { type SignedIn, startSession, toUser, type User } from "@/lib/auth/sessions";
import { now } from "@/lib/clock";
import { AppError } from "@/lib/errors";
import { newId, type TenantId, type UserId } from "@/lib/ids";

const works = (secret: string) =>
  and(
    eq(invitations.tokenHash, hashOfSecret(secret)),
    isNull(invitations.acceptedAt),
    isNull(invitations.revokedAt),
    gt(invitations.expiresAt, now()),
  );

/** An invitation as whoever holds its link sees it. */
export type Invited = { organisation: string; email: string; role: Role; inviter: string | null; hasAccount: boolean };

/** What an invitation's link says; null when it is none, was accepted or taken back, or has expired. */
export async function readInvitation(secret: string): Promise<Invited | null> {
  const [found] = await systemDb()
    .select({ organisation: tenants.name, email: invitations.email, role: invitations.role, inviter: users.name })
    .from(invitations)
    .innerJoin(tenants, eq(tenants.tenantId, invitations.tenantId))
    .leftJoin(users, eq(users.userId, invitations.invitedBy))
    .where(works(secret));
  return found ? { ...found, hasAccount: await isOwned(systemDb(), found.email) } : null;
}

async function spend(tx: Tx, secret: string): Promise<{ tenantId: TenantId; email: string; role: Role }> {
  const [invitation] = await tx
    .update(invitations)
    .set({ acceptedAt: now() })
    .where(works(secret))
    .returning({ tenantId: invitations.tenantId, email: invitations.email, role: invitations.role });
  if (!invitation) throw new AppError("link_invalid");
  return invitation;
}

/** Whoever is a member already keeps the role they have. */
const join = (tx: Tx, tenantId: TenantId, userId: UserId, role: Role) =>
  tx.insert(memberships).values({ tenantId, userId, role, createdAt: now() }).onConflictDoNothing();

/**
 * Accepts as the signed-in person, whose address it must be. The link came by mail, so it proves the address too.
 * @throws AppError link_invalid · wrong_account (the invitation still stands)
 */
export async function acceptInvitation(secret: string, session: SignedIn): Promise<TenantId> {
  return systemDb().transaction(async (tx) => {
    const { tenantId, email, role } = await spend(tx, secret);
    if (email !== session.user.email) throw new AppError("wrong_account");
    await join(tx, tenantId, await confirmPerson(tx, session.user.userId, session.sessionId), role);
    return tenantId;
  });
}

/**
 * Accepts as somebody new, whose address the link proves.
 * @throws AppError link_invalid · invalid_request (password) · wrong_account when the address has an account: sign in to it
 */
export async function acceptAsNewPerson(
  secret: string,
  person: { name: string; password: string; locale: string; userAgent: string | null },
): Promise<{ user: User; sessionId: string; tenantId: TenantId }> {
  checkPassword(person.password);
  const passwordHash = await hashPassword(person.password);
  const { user, tenantId } = await systemDb().transaction(async (tx) => {
    const invitation = await spend(tx, secret);
    if (await ownerOf(tx, invitation.email)) throw new AppError("wrong_account");
    const at = now();
    const row = {
      userId: newId<UserId>(),
      email: invitation.email,
      name: person.name,
      locale: person.locale,
      passwordHash,
      emailConfirmedAt: at,
      isOperator: false,
      createdAt: at,
    };
    await tx.insert(users).values(row);
    await join(tx, invitation.tenantId, row.userId, invitation.role);
    return { user: toUser(row), tenantId: invitation.tenantId };
  });
  return { user, tenantId, sessionId: await startSession(user.userId, person.userAgent) };
}
