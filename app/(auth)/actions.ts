"use server";

import { headers } from "next/headers";
import { after } from "next/server";
import { getLocale } from "next-intl/server";
import { z } from "zod";
import { answer } from "@/app/answer";
import { enterBrowser, rememberTenant } from "@/lib/auth/browser-session";
import { confirmEmail, sendConfirmation } from "@/lib/auth/confirm-email";
import { requireSession } from "@/lib/auth/gate";
import { sendLink, takeLinkTry } from "@/lib/auth/request-link";
import { clientAddress } from "@/lib/auth/sign-in";
import { signUp } from "@/lib/auth/sign-up";
import { resetPassword, signInByLink } from "@/lib/auth/use-link";
import { log } from "@/lib/log";
import { acceptAsNewPerson, acceptInvitation } from "@/lib/tenants/accept-invitation";
import { addOrganisation } from "@/lib/tenants/create";

const secret = z.string().min(20).max(100);
const email = z.email().max(200);
const password = z.string().min(1).max(1_000);
const name = z.string().trim().min(1).max(100);
const organisation = { name, currency: z.string().length(3), timeZone: z.string().max(100) };

async function caller(): Promise<{ address: string; userAgent: string | null; locale: string }> {
  const [head, locale] = await Promise.all([headers(), getLocale()]);
  return { address: clientAddress(head), userAgent: head.get("user-agent"), locale };
}

const newPerson = z.strictObject({ email, name, password, organisation: z.strictObject(organisation) });

/** Signs somebody up and in. The mail goes out after the answer, which must not take longer for some addresses than for others. */
export async function signUpAction(input: unknown) {
  return answer(async () => {
    const { user, sessionId, tenantId } = await signUp({ ...newPerson.parse(input), ...(await caller()) });
    await enterBrowser(user, sessionId);
    await rememberTenant(tenantId);
    after(() =>
      sendConfirmation(user.userId).catch((error) => log().error({ err: error }, "a confirmation was not mailed")),
    );
    return null;
  });
}

/** Answers the same, and as fast, for every address. */
export async function requestLinkAction(wanted: unknown, to: unknown) {
  return answer(async () => {
    const kind = z.enum(["sign_in", "reset_password"]).parse(wanted);
    const address = email.parse(to);
    await takeLinkTry(address, (await caller()).address);
    after(() => sendLink(kind, address).catch((error) => log().error({ err: error }, "a link was not made")));
    return null;
  });
}

export async function enterByLinkAction(token: unknown) {
  return answer(async () => {
    const { user, sessionId } = await signInByLink(secret.parse(token), (await caller()).userAgent);
    await enterBrowser(user, sessionId);
    return null;
  });
}

export async function resetPasswordAction(token: unknown, chosen: unknown) {
  return answer(async () => {
    const { userAgent } = await caller();
    const { user, sessionId } = await resetPassword(secret.parse(token), password.parse(chosen), userAgent);
    await enterBrowser(user, sessionId);
    return null;
  });
}

export async function confirmEmailAction(token: unknown) {
  return answer(async () => {
    await confirmEmail(secret.parse(token), await requireSession());
    return null;
  });
}

export async function resendConfirmationAction() {
  return answer(async () => {
    await sendConfirmation((await requireSession()).user.userId);
    return null;
  });
}

export async function acceptInvitationAction(token: unknown) {
  return answer(async () => {
    await rememberTenant(await acceptInvitation(secret.parse(token), await requireSession()));
    return null;
  });
}

const invitedPerson = z.strictObject({ name, password });

export async function acceptAsNewAction(token: unknown, input: unknown) {
  return answer(async () => {
    const person = { ...invitedPerson.parse(input), ...(await caller()) };
    const { user, sessionId, tenantId } = await acceptAsNewPerson(secret.parse(token), person);
    await enterBrowser(user, sessionId);
    await rememberTenant(tenantId);
    return null;
  });
}

/** Another organisation of somebody who is signed in; this browser shows it at once. */
export async function addOrganisationAction(input: unknown) {
  return answer(async () => {
    const { user } = await requireSession();
    const wanted = { ...z.strictObject(organisation).parse(input), locale: await getLocale() };
    await rememberTenant(await addOrganisation(user, wanted));
    return null;
  });
}
