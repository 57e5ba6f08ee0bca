"use server";

import { headers } from "next/headers";
import { z } from "zod";
import { chooseLocale } from "@/app/actions";
import { answer } from "@/app/answer";
import { LOCALES } from "@/components/layout/locales";
import { changePassword, endOtherSessions, endOwnSession, saveProfile } from "@/lib/auth/account";
import { requireSession } from "@/lib/auth/gate";
import { clientAddress } from "@/lib/auth/sign-in";

const profile = z.strictObject({ name: z.string().trim().min(1).max(100), locale: z.enum(LOCALES) });
const passwords = z.strictObject({ current: z.string().max(1_000), password: z.string().min(1).max(1_000) });

/** The language is that of mails, and of this browser at once. */
export async function saveProfileAction(input: unknown) {
  return answer(async () => {
    const { user } = await requireSession();
    const wanted = profile.parse(input);
    await saveProfile(user, wanted);
    await chooseLocale(wanted.locale);
    return null;
  });
}

export async function changePasswordAction(input: unknown) {
  return answer(async () => {
    const session = await requireSession();
    await changePassword(session, { ...passwords.parse(input), address: clientAddress(await headers()) });
    return null;
  });
}

export async function endSessionAction(sessionId: unknown) {
  return answer(async () => {
    await endOwnSession((await requireSession()).user, z.uuid().parse(sessionId));
    return null;
  });
}

export async function endOtherSessionsAction() {
  return answer(async () => {
    await endOtherSessions(await requireSession());
    return null;
  });
}
