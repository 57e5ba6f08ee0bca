import { randomUUID } from "node:crypto";
import { afterEach, expect, test } from "vitest";
import { systemDb } from "@/db/client";
import { useTestDatabase } from "@/db/testing";
import type { SignedIn } from "@/lib/auth/sessions";
import { signIn } from "@/lib/auth/sign-in";
import { signUp } from "@/lib/auth/sign-up";
import { ensureUser } from "@/lib/auth/users";
import { advanceClockForTests, setClockForTests } from "@/lib/clock";
import { env } from "@/lib/env";
import { company } from "@/lib/http/testing";
import { useMailbox } from "@/sandbox/testing/mailbox";
import { acceptAsNewPerson, acceptInvitation, readInvitation } from "./accept-invitation";
import { invite, listInvitations, resendInvitation, revokeInvitation } from "./invitations";
import { listMembers, tenantsOf } from "./queries";

const { sql } = useTestDatabase();
const mailbox = useMailbox();
afterEach(() => setClockForTests(null));

const PASSWORD = "correct horse battery";
const someone = () => `p-${randomUUID()}@people.test`;
const refusal = (code: string) => expect.objectContaining({ code });
const newcomer = { name: "Nia New", password: PASSWORD, locale: "en", userAgent: null };

async function team() {
  const { tenantId, people } = await company();
  const scope = (role: "owner" | "admin" | "member") =>
    ({ tenantId, role, userId: people[role].userId, actor: people[role].email, scopes: [] }) as const;
  return { tenantId, owner: scope("owner"), admin: scope("admin"), member: scope("member"), people };
}
async function account(): Promise<{ email: string; session: SignedIn }> {
  const email = someone();
  await systemDb().transaction((tx) => ensureUser(tx, { email, name: "Known", password: PASSWORD }));
  return { email, session: await signIn({ email, password: PASSWORD, address: randomUUID(), userAgent: null }) };
}

test("somebody new signs up on the way; the link proves the address and works once", async () => {
  const { admin, tenantId } = await team();
  const email = someone();
  await invite(admin, { email: ` ${email.toUpperCase()}`, role: "member" });
  const secret = await mailbox.secret(email);
  expect(JSON.stringify(await sql`select * from invitations where email = ${email}`)).not.toContain(secret);
  expect(await readInvitation(secret)).toMatchObject({ email, role: "member", inviter: "admin", hasAccount: false });
  await expect(acceptAsNewPerson(secret, { ...newcomer, password: "short" })).rejects.toThrow(
    refusal("invalid_request"),
  );
  const joined = await acceptAsNewPerson(secret, newcomer);
  expect(joined).toMatchObject({ tenantId, user: { email, emailConfirmed: true } });
  expect(await tenantsOf(joined.user.userId)).toMatchObject([{ tenantId, role: "member" }]);
  expect(await readInvitation(secret)).toBeNull();
  await expect(acceptAsNewPerson(secret, newcomer)).rejects.toThrow(refusal("link_invalid"));
  expect(await listInvitations(admin)).toEqual([]);
});

test("somebody with an account accepts signed in, with no other address and no second account", async () => {
  const { owner, tenantId } = await team();
  const { email, session } = await account();
  const other = await account();
  await invite(owner, { email, role: "admin" });
  const secret = await mailbox.secret(email);
  expect(await readInvitation(secret)).toMatchObject({ hasAccount: true });
  await expect(acceptInvitation(secret, other.session)).rejects.toThrow(refusal("wrong_account"));
  await expect(acceptAsNewPerson(secret, newcomer)).rejects.toThrow(refusal("wrong_account"));
  const tries = await Promise.allSettled([acceptInvitation(secret, session), acceptInvitation(secret, session)]);
  expect(tries.map((each) => each.status).sort()).toEqual(["fulfilled", "rejected"]);
  expect((await tenantsOf(session.user.userId)).find((each) => each.tenantId === tenantId)?.role).toBe("admin");
});

test("accepting proves the address of somebody who had signed up", async () => {
  const { owner, tenantId } = await team();
  const email = someone();
  const organisation = { name: "Own", currency: "USD", timeZone: "UTC" };
  const joined = await signUp({
    email,
    name: "A",
    password: PASSWORD,
    organisation,
    locale: "en",
    address: randomUUID(),
    userAgent: null,
  });
  await invite(owner, { email, role: "member" });
  await acceptInvitation(await mailbox.secret(email), joined);
  expect((await tenantsOf(joined.user.userId)).map((each) => each.tenantId)).toEqual(
    expect.arrayContaining([tenantId, joined.tenantId]),
  );
  const [row] = await sql`select email_confirmed_at from users where user_id = ${joined.user.userId}`;
  expect(row?.email_confirmed_at).not.toBeNull();
});

test("who may invite whom", async () => {
  const { owner, admin, member, people } = await team();
  await expect(invite(member, { email: someone(), role: "member" })).rejects.toThrow(refusal("forbidden"));
  await expect(invite(admin, { email: someone(), role: "owner" })).rejects.toThrow(refusal("forbidden"));
  await expect(listInvitations(member)).rejects.toThrow(refusal("forbidden"));
  await expect(invite(admin, { email: people.member.email, role: "admin" })).rejects.toThrow(refusal("already_member"));
  const email = someone();
  await invite(owner, { email, role: "owner" });
  await expect(invite(owner, { email, role: "admin" })).rejects.toThrow(refusal("already_invited"));
  const [invitation] = await listInvitations(admin);
  await expect(revokeInvitation(admin, invitation?.invitationId ?? "")).rejects.toThrow(refusal("forbidden"));
  const other = await team();
  await expect(revokeInvitation(other.owner, invitation?.invitationId ?? "")).rejects.toThrow(refusal("not_found"));
  await expect(resendInvitation(other.owner, invitation?.invitationId ?? "")).rejects.toThrow(refusal("not_found"));
  expect(await listInvitations(other.owner)).toEqual([]);
});

test("sent again, the new link works for another week and the old one ends; taken back, none does", async () => {
  const { admin } = await team();
  const email = someone();
  await invite(admin, { email, role: "member" });
  const first = await mailbox.secret(email);
  setClockForTests(new Date());
  advanceClockForTests(7 * 86_400_000 + 1);
  expect(await readInvitation(first)).toBeNull();
  await expect(acceptAsNewPerson(first, newcomer)).rejects.toThrow(refusal("link_invalid"));
  const [invitation] = await listInvitations(admin);
  await resendInvitation(admin, invitation?.invitationId ?? "");
  const second = await mailbox.secret(email);
  expect(second).not.toBe(first);
  expect(await readInvitation(first)).toBeNull();
  expect(await readInvitation(second)).not.toBeNull();
  await revokeInvitation(admin, invitation?.invitationId ?? "");
  expect(await readInvitation(second)).toBeNull();
  await expect(resendInvitation(admin, invitation?.invitationId ?? "")).rejects.toThrow(refusal("not_found"));
});

test("a mail server that is down leaves an invitation that can be sent again", async () => {
  const { admin } = await team();
  const email = someone();
  const { SMTP_URL } = env();
  Object.assign(env(), { SMTP_URL: "smtp://127.0.0.1:1" });
  await expect(invite(admin, { email, role: "member" })).rejects.toThrow(refusal("mail_unavailable"));
  Object.assign(env(), { SMTP_URL });
  const [invitation] = await listInvitations(admin);
  await resendInvitation(admin, invitation?.invitationId ?? "");
  await acceptAsNewPerson(await mailbox.secret(email), newcomer);
  expect((await listMembers(admin, { limit: 10, cursor: null })).data.map((each) => each.email)).toContain(email);
});
