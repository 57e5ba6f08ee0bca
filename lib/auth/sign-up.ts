import { systemDb } from "@/db/client";
import { users } from "@/db/schema";
import { now } from "@/lib/clock";
import { newId, type TenantId, type UserId } from "@/lib/ids";
import { log } from "@/lib/log";
import { createOrganisation, type NewOrganisation } from "@/lib/tenants/create";
import { takeTry } from "./attempt-limits";
import { checkPassword, hashPassword } from "./password";
import { startSession, toUser, type User } from "./sessions";
import { findByPassword, tidyEmail } from "./sign-in";
import { takeSignInTry } from "./sign-in-limits";

export type SignUpInput = {
  email: string;
  name: string;
  password: string;
  organisation: Omit<NewOrganisation, "locale">;
  locale: string;
  address: string;
  userAgent: string | null;
};

/**
 * Makes an organisation and a person who owns it, and signs them in. Whether the address has an account already cannot be told
 * from what happens: the new person is another one until the address is proven. Who gives the account's own password gets the
 * organisation into that account.
 * @throws AppError rate_limited · invalid_request (password, currency, time zone)
 */
export async function signUp(input: SignUpInput): Promise<{ user: User; sessionId: string; tenantId: TenantId }> {
  checkPassword(input.password);
  const email = tidyEmail(input.email);
  await takeTry("sign-up-address", input.address);
  await takeTry("sign-up-email", email);
  await takeSignInTry(email, input.address);
  const [known, passwordHash] = await Promise.all([
    findByPassword(email, input.password),
    hashPassword(input.password),
  ]);
  const { user, tenantId } = await systemDb().transaction(async (tx) => {
    const person = known ?? {
      userId: newId<UserId>(),
      email,
      name: input.name,
      passwordHash,
      emailConfirmedAt: null,
      isOperator: false,
      locale: input.locale,
      createdAt: now(),
    };
    if (!known) await tx.insert(users).values(person);
    const organisation = { ...input.organisation, locale: input.locale };
    return { user: toUser(person), tenantId: await createOrganisation(tx, person.userId, organisation) };
  });
  log().info({ userId: user.userId, tenantId }, "signed up");
  return { user, tenantId, sessionId: await startSession(user.userId, input.userAgent) };
}
