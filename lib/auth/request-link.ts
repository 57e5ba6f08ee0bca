import { and, desc, eq, sql } from "drizzle-orm";
import { systemDb } from "@/db/client";
import { users } from "@/db/schema";
import { log } from "@/lib/log";
import { sendAccountMail } from "./account-mail";
import { takeTry } from "./attempt-limits";
import { LINK_MINUTES, makeLink } from "./links";
import { tidyEmail } from "./sign-in";

type Wanted = "sign_in" | "reset_password";
const PAGES: Record<Wanted, string> = { sign_in: "/sign-in/link", reset_password: "/reset-password" };

/**
 * Takes from the allowance of asking for links, whoever has the address.
 * @throws AppError rate_limited
 */
export async function takeLinkTry(email: string, address: string): Promise<void> {
  await takeTry("link-address", address);
  await takeTry("link-email", tidyEmail(email));
}

/**
 * Mails a link, when somebody has this address. Run it after the answer was given: neither what it says nor how long it takes
 * may tell whether there is an account.
 */
export async function sendLink(wanted: Wanted, typed: string): Promise<void> {
  const email = tidyEmail(typed);
  const [person] = await systemDb()
    .select({ userId: users.userId, name: users.name, locale: users.locale })
    .from(users)
    .where(and(eq(users.email, email)))
    .orderBy(sql`email_confirmed_at is null`, desc(users.createdAt))
    .limit(1);
  if (!person) return;
  const secret = await makeLink(wanted, email, person.userId);
  const kind = wanted === "sign_in" ? "signIn" : "resetPassword";
  await sendAccountMail(
    { email, name: person.name, locale: person.locale },
    { kind, path: `${PAGES[wanted]}?token=${secret}`, minutes: LINK_MINUTES[wanted] },
  ).catch((error) => log().error({ err: error, userId: person.userId }, "a link was not mailed"));
}
