"use server";

import { cookies } from "next/headers";
import { z } from "zod";
import { LOCALES } from "@/components/layout/locales";
import { currentSession, setCurrentTenant } from "@/lib/auth/gate";
import { secureCookies } from "@/lib/auth/sessions";
import { setLocale } from "@/lib/auth/users";
import { answer } from "./answer";

/**
 * Remembers the language of this browser, and of the person who is signed in: their mails follow it. Open to everybody: the
 * sign-in page has it too.
 */
export async function chooseLocale(locale: string) {
  return answer(async () => {
    const chosen = z.enum(LOCALES).parse(locale);
    (await cookies()).set("evenkeel_locale", chosen, {
      sameSite: "lax",
      path: "/",
      secure: secureCookies(),
      maxAge: 365 * 24 * 60 * 60,
    });
    const session = await currentSession();
    if (session) await setLocale(session.user.userId, chosen);
    return null;
  });
}

/** Makes another of the user's tenants the current one. */
export async function chooseTenant(tenantId: string) {
  return answer(async () => {
    await setCurrentTenant(z.uuid().parse(tenantId));
    return null;
  });
}
