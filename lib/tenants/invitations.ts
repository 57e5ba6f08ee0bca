import { and, desc, eq, gt, isNull } from "drizzle-orm";
import { systemDb, type Tx, withTenant } from "@/db/client";
import { invitations, memberships, type Role, tenants, users } from "@/db/schema";
import { sendAccountMail } from "@/lib/auth/account-mail";
import { takeTry } from "@/lib/auth/attempt-limits";
import { hasRole } from "@/lib/auth/roles";
import type { TenantScope } from "@/lib/auth/scope";
import { hashOfSecret, newSecret } from "@/lib/auth/secrets";
import { tidyEmail } from "@/lib/auth/sign-in";
import { chosenLocale } from "@/lib/auth/users";
import { now } from "@/lib/clock";
import { AppError } from "@/lib/errors";
import { isId, newId } from "@/lib/ids";
import { log } from "@/lib/log";
import { mayManage } from "./members";

export const INVITATION_DAYS = 7;

export type Invitation = { invitationId: string; email: string; role: Role; createdAt: Date; expiresAt: Date };

const columns = {
  invitationId: invitations.invitationId,
  email: invitations.email,
  role: invitations.role,
  createdAt: invitations.createdAt,
  expiresAt: invitations.expiresAt,
};
const isOpen = and(isNull(invitations.acceptedAt), isNull(invitations.revokedAt));
const own = (scope: TenantScope, invitationId: string) =>
  and(eq(invitations.tenantId, scope.tenantId), eq(invitations.invitationId, invitationId), isOpen);
const expiry = () => new Date(now().getTime() + INVITATION_DAYS * 86_400_000);

/** The link is in the mail only. In the language of who is invited when they are known, else of who invites. */
async function mailInvitation(scope: TenantScope, email: string, secret: string): Promise<void> {
  const [[tenant], [inviter], [known]] = await Promise.all([
    systemDb()
      .select({ name: tenants.name, locale: tenants.locale })
      .from(tenants)
      .where(eq(tenants.tenantId, scope.tenantId)),
    scope.userId
      ? systemDb().select({ name: users.name, locale: users.locale }).from(users).where(eq(users.userId, scope.userId))
      : [],
    systemDb().select({ name: users.name, locale: users.locale }).from(users).where(eq(users.email, email)).limit(1),
  ]);
  await sendAccountMail(
    {
      email,
      name: known?.name ?? null,
      locale: chosenLocale(known?.locale) ?? chosenLocale(inviter?.locale) ?? tenant?.locale ?? "en",
    },
    {
      kind: "invitation",
      path: `/invitation?token=${secret}`,
      days: INVITATION_DAYS,
      organisation: tenant?.name ?? "",
      inviter: inviter?.name ?? scope.actor,
    },
  );
}

async function refuseIfThere(tx: Tx, scope: TenantScope, email: string): Promise<void> {
  const [member] = await tx
    .select({ userId: memberships.userId })
    .from(memberships)
    .innerJoin(users, eq(users.userId, memberships.userId))
    .where(and(eq(memberships.tenantId, scope.tenantId), eq(users.email, email)));
  if (member) throw new AppError("already_member");
  const [open] = await tx
    .select(columns)
    .from(invitations)
    .where(
      and(
        eq(invitations.tenantId, scope.tenantId),
        eq(invitations.email, email),
        isOpen,
        gt(invitations.expiresAt, now()),
      ),
    );
  if (open) throw new AppError("already_invited");
}

/**
 * Invites an address, which is mailed a link.
 * @throws AppError forbidden (owners are made by owners) · already_member · already_invited · rate_limited ·
 *   mail_unavailable (the invitation is there and can be sent again)
 */
export async function invite(scope: TenantScope, input: { email: string; role: Role }): Promise<void> {
  if (!mayManage(scope, input.role)) throw new AppError("forbidden");
  const email = tidyEmail(input.email);
  await takeTry("invitations-tenant", scope.tenantId);
  const secret = newSecret();
  await withTenant(scope, async (tx) => {
    await tx
      .select({ tenantId: tenants.tenantId })
      .from(tenants)
      .where(eq(tenants.tenantId, scope.tenantId))
      .for("update");
    await refuseIfThere(tx, scope, email);
    await tx.insert(invitations).values({
      tenantId: scope.tenantId,
      invitationId: newId(),
      email,
      role: input.role,
      tokenHash: hashOfSecret(secret),
      invitedBy: scope.userId,
      createdAt: now(),
      expiresAt: expiry(),
    });
  });
  log().info({ tenantId: scope.tenantId, role: input.role, by: scope.actor }, "invited");
  await mailInvitation(scope, email, secret);
}

/** Invitations that wait for an answer, and those that have expired; newest first. @throws AppError forbidden */
export async function listInvitations(scope: TenantScope): Promise<Invitation[]> {
  if (!hasRole(scope, "admin")) throw new AppError("forbidden");
  return withTenant(scope, (tx) =>
    tx
      .select(columns)
      .from(invitations)
      .where(and(eq(invitations.tenantId, scope.tenantId), isOpen))
      .orderBy(desc(invitations.createdAt))
      .limit(200),
  );
}

async function openInvitation(tx: Tx, scope: TenantScope, invitationId: string): Promise<Invitation> {
  const [invitation] = isId(invitationId)
    ? await tx.select(columns).from(invitations).where(own(scope, invitationId)).for("update")
    : [];
  if (!invitation) throw new AppError("not_found");
  if (!mayManage(scope, invitation.role)) throw new AppError("forbidden");
  return invitation;
}

/**
 * Mails a new link, which works for another week; the old one ends.
 * @throws AppError forbidden · not_found · rate_limited · mail_unavailable
 */
export async function resendInvitation(scope: TenantScope, invitationId: string): Promise<void> {
  await takeTry("invitations-tenant", scope.tenantId);
  const secret = newSecret();
  const { email } = await withTenant(scope, async (tx) => {
    const invitation = await openInvitation(tx, scope, invitationId);
    await tx
      .update(invitations)
      .set({ tokenHash: hashOfSecret(secret), expiresAt: expiry() })
      .where(own(scope, invitationId));
    return invitation;
  });
  await mailInvitation(scope, email, secret);
}

/** Takes an invitation back: its link ends at once. @throws AppError forbidden · not_found */
export async function revokeInvitation(scope: TenantScope, invitationId: string): Promise<void> {
  await withTenant(scope, async (tx) => {
    await openInvitation(tx, scope, invitationId);
    await tx.update(invitations).set({ revokedAt: now() }).where(own(scope, invitationId));
  });
}
