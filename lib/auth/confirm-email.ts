import { asc, eq } from "drizzle-orm";
import { systemDb } from "@/db/client";
import { memberships, tenants, users } from "@/db/schema";
import { AppError } from "@/lib/errors";
import type { UserId } from "@/lib/ids";
import { sendAccountMail } from "./account-mail";
import { confirmPerson, isOwned } from "./address-proof";
import { takeTry } from "./attempt-limits";
import { LINK_MINUTES, makeLink, spendLink } from "./links";
import type { SignedIn } from "./sessions";

const DAYS = LINK_MINUTES.confirm_email / (24 * 60);

/**
 * Mails a person the link that proves their address; nothing when it is proven.
 * @throws AppError rate_limited · mail_unavailable
 */
export async function sendConfirmation(userId: UserId): Promise<void> {
  const [person] = await systemDb().select().from(users).where(eq(users.userId, userId));
  if (!person || person.emailConfirmedAt) return;
  await takeTry("link-email", person.email);
  const [organisation] = await systemDb()
    .select({ name: tenants.name })
    .from(memberships)
    .innerJoin(tenants, eq(tenants.tenantId, memberships.tenantId))
    .where(eq(memberships.userId, userId))
    .orderBy(asc(memberships.createdAt))
    .limit(1);
  const secret = await makeLink("confirm_email", person.email, userId);
  const path = `/confirm-email?token=${secret}`;
  const hasAccount = await isOwned(systemDb(), person.email);
  await sendAccountMail(
    person,
    hasAccount
      ? { kind: "confirmExisting", path, days: DAYS, organisation: organisation?.name ?? "" }
      : { kind: "confirm", path, days: DAYS },
  );
}

/**
 * Takes a link as proof of the signed-in person's address. Being signed in is part of it: somebody else may have signed up with
 * the address of whoever opens the mail, and must not be helped.
 * @throws AppError link_invalid (also when the link is another person's; it still works for them)
 */
export async function confirmEmail(secret: string, session: SignedIn): Promise<void> {
  await systemDb().transaction(async (tx) => {
    const link = await spendLink(tx, secret, "confirm_email");
    if (link.userId !== session.user.userId) throw new AppError("link_invalid");
    await confirmPerson(tx, session.user.userId, session.sessionId);
  });
}
