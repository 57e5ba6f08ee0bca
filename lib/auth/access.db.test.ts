import { randomUUID } from "node:crypto";
import { afterEach, describe, expect, test } from "vitest";
import { systemDb } from "@/db/client";
import { useTestDatabase } from "@/db/testing";
import { advanceClockForTests, setClockForTests } from "@/lib/clock";
import { listMembers, tenantsOf } from "@/lib/tenants/queries";
import { useMailbox } from "@/sandbox/testing/mailbox";
import { changePassword, endOtherSessions, endOwnSession, getAccount } from "./account";
import { confirmEmail, sendConfirmation } from "./confirm-email";
import { makeLink, readLink } from "./links";
import { sendLink, takeLinkTry } from "./request-link";
import { type SignedIn, startSession, toUser } from "./sessions";
import { signIn } from "./sign-in";
import { signUp } from "./sign-up";
import { resetPassword, signInByLink } from "./use-link";
import { ensureUser } from "./users";

const { sql } = useTestDatabase();
const mailbox = useMailbox();
afterEach(() => setClockForTests(null));

const PASSWORD = "correct horse battery";
const someone = () => `p-${randomUUID()}@people.test`;
const join = (email: string, password = PASSWORD, address = `a-${randomUUID()}`) =>
  signUp({
    email,
    name: "Ada",
    password,
    organisation: { name: "Ädà & Co", currency: "USD", timeZone: "America/New_York" },
    locale: "en",
    address,
    userAgent: "test",
  });
const enter = (email: string, password: string) => signIn({ email, password, address: randomUUID(), userAgent: null });
const liveSessions = async (userId: string) =>
  Number((await sql`select count(*) from user_sessions where user_id = ${userId} and ended_at is null`)[0]?.count);
const asSession = (joined: Awaited<ReturnType<typeof join>>): SignedIn => joined;

/** An account whose address is proven. */
async function proven(): Promise<{ email: string; userId: string }> {
  const email = someone();
  const { userId } = await systemDb().transaction((tx) =>
    ensureUser(tx, { email, name: "Olivia", password: PASSWORD }),
  );
  return { email, userId };
}

describe("signing up", () => {
  test("makes a person, an organisation and a session, and the password works at once", async () => {
    const email = someone();
    const { user, tenantId, sessionId } = await join(` ${email.toUpperCase()} `);
    expect(user).toMatchObject({ email, name: "Ada", emailConfirmed: false });
    const [own] = await tenantsOf(user.userId);
    expect(own).toMatchObject({ tenantId, name: "Ädà & Co", currency: "USD", role: "owner" });
    expect(own?.slug).toMatch(/^ada-co-[0-9a-f]{6}$/);
    expect(await getAccount({ user, sessionId })).toMatchObject({ hasPassword: true, sessions: [{ isThis: true }] });
    expect((await enter(email, PASSWORD)).user.userId).toBe(user.userId);
    const rows =
      await sql`select r.enabled, s.plan from recharge_rules r join subscriptions s using (tenant_id) where tenant_id = ${tenantId}`;
    expect([...rows]).toEqual([{ enabled: false, plan: "free" }]);
  });

  test.each([
    ["short", "too_short"],
    ["x".repeat(201), "too_long"],
    ["aaaaaaaaaaaa", "too_simple"],
  ])("a weak password is refused: %s", async (password, message) => {
    await expect(join(someone(), password)).rejects.toMatchObject({
      options: { fields: [{ path: "password", message }] },
    });
  });

  test("an address that has an account is answered the same, and its owner's things are out of reach", async () => {
    const { email, userId } = await proven();
    const [fresh, taken] = [await join(someone(), "another password"), await join(email, "another password")];
    expect(Object.keys(taken)).toEqual(Object.keys(fresh));
    expect(taken.user).toMatchObject({ email, emailConfirmed: false });
    expect(taken.user.userId).not.toBe(userId);
    // Signing in again works for the new person as it would for anybody, and the owner's password is still the owner's.
    expect((await enter(email, "another password")).user.userId).toBe(taken.user.userId);
    expect((await enter(email, PASSWORD)).user.userId).toBe(userId);
    expect((await tenantsOf(userId as never)).map((t) => t.tenantId)).not.toContain(taken.tenantId);
  });

  test("with the account's own password the organisation comes into the account", async () => {
    const { email, userId } = await proven();
    const { user, tenantId } = await join(email);
    expect(user).toMatchObject({ userId, emailConfirmed: true });
    expect((await tenantsOf(user.userId)).map((t) => t.tenantId)).toContain(tenantId);
  });

  test("is limited by address and by e-mail, with and without an account", async () => {
    for (const email of [someone(), (await proven()).email]) {
      const codes = [];
      for (let tries = 0; tries < 5; tries++)
        codes.push(
          await join(email, `password number ${tries}`).then(
            () => "made",
            (error) => error.code,
          ),
        );
      expect(codes).toEqual(["made", "made", "made", "rate_limited", "rate_limited"]);
    }
  });

  test("signing up with another's address makes no room for guesses at their password", async () => {
    const { email } = await proven();
    await join(email, "the guesser's own");
    const codes = [];
    for (let tries = 0; tries < 6; tries++) {
      codes.push(await enter(email, `guess ${tries}`).catch((error) => error.code));
      await enter(email, "the guesser's own").catch(() => undefined);
    }
    expect(codes.at(-1)).toBe("rate_limited");
  });
});

describe("confirming the address", () => {
  test("by a link of which only a hash is stored, once, by the person themselves", async () => {
    const email = someone();
    const joined = await join(email);
    await sendConfirmation(joined.user.userId);
    const secret = await mailbox.secret(email);
    expect((await mailbox.to(email))[0]?.subject).toBe("Confirm your e-mail address");
    expect(JSON.stringify(await sql`select * from email_links where email = ${email}`)).not.toContain(secret);

    const stranger = asSession(await join(someone()));
    await expect(confirmEmail(secret, stranger)).rejects.toMatchObject({ code: "link_invalid" });
    await confirmEmail(secret, asSession(joined));
    const [row] = await sql`select email_confirmed_at from users where user_id = ${joined.user.userId}`;
    expect(row?.email_confirmed_at).not.toBeNull();
    await expect(confirmEmail(secret, asSession(joined))).rejects.toMatchObject({ code: "link_invalid" });
  });

  test("ends after three days", async () => {
    const joined = await join(someone());
    await sendConfirmation(joined.user.userId);
    const secret = await mailbox.secret(joined.user.email);
    setClockForTests(new Date());
    advanceClockForTests(3 * 86_400_000 + 1);
    expect(await readLink(secret, "confirm_email")).toBeNull();
    await expect(confirmEmail(secret, asSession(joined))).rejects.toMatchObject({ code: "link_invalid" });
  });

  test("adds what was signed up to the account that the address has, and ends the other way in", async () => {
    const { email, userId } = await proven();
    const joined = await join(email, "another password");
    const elsewhere = await startSession(joined.user.userId, null);
    await sendConfirmation(joined.user.userId);
    const [mail] = await mailbox.to(email);
    expect(mail).toMatchObject({ subject: "You have an account already" });
    expect(mail?.text).toContain("Ädà & Co");
    await confirmEmail(await mailbox.secret(email), asSession(joined));
    const tenant = (await tenantsOf(userId as never)).find((each) => each.tenantId === joined.tenantId);
    expect(tenant?.role).toBe("owner");
    const [here] = await sql`select user_id, ended_at from user_sessions where session_id = ${joined.sessionId}`;
    expect(here).toEqual({ user_id: userId, ended_at: null });
    const [other] = await sql`select ended_at from user_sessions where session_id = ${elsewhere}`;
    expect(other?.ended_at).not.toBeNull();
    await expect(enter(email, "another password")).rejects.toMatchObject({ code: "unauthenticated" });
    expect(
      await listMembers(
        { tenantId: joined.tenantId, role: "owner", userId: null, actor: "t", scopes: [] },
        { limit: 10, cursor: null },
      ),
    ).toMatchObject({ data: [{ email, name: "Olivia" }] });
  });
});

describe("signing in by link", () => {
  test("works once, for twenty minutes, and the older links end with it", async () => {
    const { email, userId } = await proven();
    await sendLink("sign_in", email);
    const first = await mailbox.secret(email);
    await sendLink("sign_in", ` ${email.toUpperCase()}`);
    const second = await mailbox.secret(email);
    expect(second).not.toBe(first);
    const tries = await Promise.allSettled([signInByLink(second, null), signInByLink(second, null)]);
    expect(tries.map((each) => each.status).sort()).toEqual(["fulfilled", "rejected"]);
    await expect(signInByLink(first, null)).rejects.toMatchObject({ code: "link_invalid" });
    expect(await liveSessions(userId)).toBe(1);

    setClockForTests(new Date());
    const late = await makeLink("sign_in", email, userId as never);
    advanceClockForTests(20 * 60_000);
    await expect(signInByLink(late, null)).rejects.toMatchObject({ code: "link_invalid" });
  });

  test("a link of one kind is none of another", async () => {
    const { email, userId } = await proven();
    const secret = await makeLink("sign_in", email, userId as never);
    await expect(resetPassword(secret, "a new password", null)).rejects.toMatchObject({ code: "link_invalid" });
    expect((await signInByLink(secret, null)).user.userId).toBe(userId);
  });

  test("an unknown address gets no mail, and asking is limited the same", async () => {
    const [known, unknown] = [(await proven()).email, someone()];
    await sendLink("sign_in", unknown);
    expect(await mailbox.to(unknown)).toEqual([]);
    for (const email of [known, unknown]) {
      const codes = [];
      for (let tries = 0; tries < 6; tries++)
        codes.push(
          await takeLinkTry(email, randomUUID()).then(
            () => "ok",
            (error) => error.code,
          ),
        );
      expect(codes).toEqual(["ok", "ok", "ok", "ok", "ok", "rate_limited"]);
    }
  });

  test("of an address that nobody had proven, shuts out whoever signed up with it before", async () => {
    const email = someone();
    const squatter = await join(email, "the squatter's own");
    await sql`insert into api_tokens (tenant_id, token_id, name, role, scopes, created_by, created_at, expires_at)
      values (${squatter.tenantId}, gen_random_uuid(), 't', 'service', '{}', ${squatter.user.userId}, now(), now() + interval '1 day')`;
    await sendLink("sign_in", email);
    const { user, sessionId } = await signInByLink(await mailbox.secret(email), null);
    expect(user).toMatchObject({ userId: squatter.user.userId, emailConfirmed: true });
    await expect(enter(email, "the squatter's own")).rejects.toMatchObject({ code: "unauthenticated" });
    const open = await sql`select session_id from user_sessions where user_id = ${user.userId} and ended_at is null`;
    expect(open.map((row) => row.session_id)).toEqual([sessionId]);
    expect(await sql`select 1 from api_tokens where created_by = ${user.userId} and revoked_at is null`).toHaveLength(
      0,
    );
  });
});

describe("a forgotten password", () => {
  test("is replaced by a link, ends every session and the lock-out, and tells the person", async () => {
    const { email, userId } = await proven();
    const old = await enter(email, PASSWORD);
    for (let tries = 0; tries < 5; tries++) await enter(email, "wrong").catch(() => undefined);
    await sendLink("reset_password", email);
    const secret = await mailbox.secret(email);
    await expect(resetPassword(secret, "short", null)).rejects.toMatchObject({ code: "invalid_request" });
    const { sessionId } = await resetPassword(secret, "a new long password", "test");
    const open = await sql`select session_id from user_sessions where user_id = ${userId} and ended_at is null`;
    expect(open.map((row) => row.session_id)).toEqual([sessionId]);
    expect(old.sessionId).not.toBe(sessionId);
    await expect(enter(email, PASSWORD)).rejects.toMatchObject({ code: "unauthenticated" });
    expect((await enter(email, "a new long password")).user.userId).toBe(userId);
    await expect(resetPassword(secret, "yet another password", null)).rejects.toMatchObject({ code: "link_invalid" });
    expect((await mailbox.to(email)).map((mail) => mail.subject)).toEqual([
      "Choose a new password",
      "Your password was changed",
    ]);
  });
});

describe("my account", () => {
  test("the password is changed with the present one, and other sessions end", async () => {
    const { email, userId } = await proven();
    const session = await enter(email, PASSWORD);
    await enter(email, PASSWORD);
    const change = (current: string) =>
      changePassword(session, { current, password: "my next password", address: randomUUID() });
    await expect(change("wrong")).rejects.toMatchObject({ options: { fields: [{ path: "current" }] } });
    expect(await liveSessions(userId)).toBe(2);
    await change(PASSWORD);
    expect(await liveSessions(userId)).toBe(1);
    expect((await enter(email, "my next password")).user.userId).toBe(userId);
    for (let tries = 0; tries < 5; tries++) await change("guess").catch(() => undefined);
    await expect(change("my next password")).rejects.toMatchObject({ code: "rate_limited" });
  });

  test("sessions can be ended, one or all others, but only one's own", async () => {
    const { email } = await proven();
    const [mine, second] = [await enter(email, PASSWORD), await enter(email, PASSWORD)];
    await enter(email, PASSWORD);
    const other = await proven();
    const foreign = await enter(other.email, PASSWORD);
    await expect(endOwnSession(mine.user, foreign.sessionId)).rejects.toMatchObject({ code: "not_found" });
    await endOwnSession(mine.user, second.sessionId);
    expect((await getAccount(mine)).sessions).toHaveLength(2);
    await endOtherSessions(mine);
    expect((await getAccount(mine)).sessions).toMatchObject([{ sessionId: mine.sessionId, isThis: true }]);
    expect(await liveSessions(other.userId)).toBe(1);
  });
});

test("what a session knows of a person is no secret of theirs", () => {
  const row = { userId: "u", email: "e", name: "n", isOperator: false, locale: "en", emailConfirmedAt: null };
  expect(Object.keys(toUser({ ...row, passwordHash: "h" } as never))).not.toContain("passwordHash");
});
