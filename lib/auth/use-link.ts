import { eq } from "drizzle-orm";
import { systemDb } from "@/db/client";
import { users } from "@/db/schema";
import { AppError } from "@/lib/errors";
import { log } from "@/lib/log";
import { sendAccountMail } from "./account-mail";
import { provenOwner } from "./address-proof";
import { forgetTries } from "./attempt-limits";
import { spendLink } from "./links";
import { checkPassword, hashPassword } from "./password";
import { endSessionsOf, startSession, toUser, type User } from "./sessions";

type Entered = { user: User; sessionId: string };

/** Signs in whoever holds a link that was mailed to them. @throws AppError link_invalid */
export async function signInByLink(secret: string, userAgent: string | null): Promise<Entered> {
  const person = await systemDb().transaction(async (tx) => {
    const { email } = await spendLink(tx, secret, "sign_in");
    const owner = await provenOwner(tx, email);
    if (!owner) throw new AppError("link_invalid");
    return owner;
  });
  log().info({ userId: person.userId }, "signed in by link");
  return { user: toUser(person), sessionId: await startSession(person.userId, userAgent) };
}

/**
 * Sets a new password with a mailed link, ends every session and starts one here. The lock-out ends too: whoever reads the
 * mailbox need not guess.
 * @throws AppError link_invalid · invalid_request (the password is too weak; the link still works)
 */
export async function resetPassword(secret: string, password: string, userAgent: string | null): Promise<Entered> {
  checkPassword(password);
  const passwordHash = await hashPassword(password);
  const person = await systemDb().transaction(async (tx) => {
    const { email } = await spendLink(tx, secret, "reset_password");
    const owner = await provenOwner(tx, email);
    if (!owner) throw new AppError("link_invalid");
    await tx.update(users).set({ passwordHash }).where(eq(users.userId, owner.userId));
    await endSessionsOf(tx, owner.userId, null);
    return owner;
  });
  await forgetTries("sign-in-email", person.email);
  log().info({ userId: person.userId }, "password reset");
  await tellPasswordChanged(person);
  return { user: toUser(person), sessionId: await startSession(person.userId, userAgent) };
}

/** Tells a person that the password was changed, in case it was somebody else. A mail server that is down must not undo it. */
export async function tellPasswordChanged(person: { email: string; name: string; locale: string }): Promise<void> {
  await sendAccountMail(person, { kind: "passwordChanged", path: "/forgot-password" }).catch(() => undefined);
}
