import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { SMTPServer } from "smtp-server";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { systemDb } from "@/db/client";
import { users } from "@/db/schema";
import { useTestDatabase } from "@/db/testing";
import { systemScope } from "@/lib/auth/scope";
import { NO_LOCALE, setLocale } from "@/lib/auth/users";
import { advanceClockForTests, now, setClockForTests } from "@/lib/clock";
import { env } from "@/lib/env";
import { newId, type TenantId, type UserId } from "@/lib/ids";
import { toCurrency } from "@/lib/money/currency";
import { addMember, createTenant } from "@/lib/tenants/commands";
import { type RunningMail, startMail } from "@/sandbox/mail/server";
import type { Mail } from "@/sandbox/mail/store";
import { deliver, deliverUnsent, nextDeliveryAt } from "./deliver";
import type { NoticeContent } from "./kinds";
import { notify } from "./notify";
import { listNotices, markRead } from "./queries";

const { sql } = useTestDatabase();
const folder = mkdtempSync(path.join(tmpdir(), "evenkeel-mail-"));
const RESUMED: NoticeContent = { kind: "resumed", params: { paymentMethodId: null } };

let mail: RunningMail;
// A second server that refuses one address for good and fails once for another.
const gruff = new SMTPServer({
  disabledCommands: ["AUTH", "STARTTLS"],
  onRcptTo({ address }, _session, done) {
    if (address.startsWith("gone")) return done(Object.assign(new Error("no such mailbox"), { responseCode: 550 }));
    if (address.startsWith("busy")) return done(Object.assign(new Error("try again later"), { responseCode: 451 }));
    done();
  },
});

beforeAll(async () => {
  mail = await startMail({ dataDir: folder, smtpPort: 0, httpPort: 0 });
  // biome-ignore lint/style/noProcessEnv: the configuration is read at first use, after this
  process.env.SMTP_URL = mail.smtpUrl;
});
afterAll(async () => {
  await mail.close();
  rmSync(folder, { recursive: true, force: true });
});
afterEach(() => setClockForTests(null));

const messages = async (): Promise<Mail[]> => (await fetch(`${mail.url}/api/messages`)).json() as Promise<Mail[]>;
const mailsTo = async (email: string) => (await messages()).filter((each) => each.to === email);

let counter = 0;
async function tenantWith(people: { role: "owner" | "admin" | "member"; locale?: string; email?: string }[]) {
  const slug = `tenant-${++counter}`;
  return systemDb().transaction(async (tx) => {
    const tenantId = await createTenant(tx, {
      slug,
      name: `Tenant ${counter}`,
      currency: toCurrency("USD"),
      timeZone: "UTC",
    });
    const emails: string[] = [];
    for (const { role, locale = "en", email = `${role}@${slug}.test` } of people) {
      const userId = newId<UserId>();
      await tx.insert(users).values({ userId, email, name: `The ${role}`, locale, createdAt: now() });
      await addMember(tx, tenantId, userId, role);
      emails.push(email);
    }
    return { tenantId, emails };
  });
}
const record = (tenantId: TenantId, dedupeKey = "episode", content: NoticeContent = RESUMED) =>
  systemDb().transaction((tx) => notify(tx, { tenantId, dedupeKey, ...content }));
const rowOf = async (id: string) => (await sql`select * from notifications where notification_id = ${id}`)[0];

describe("recording", () => {
  test("once per kind and episode, however many ask at once", async () => {
    const { tenantId } = await tenantWith([]);
    const ids = await Promise.all(Array.from({ length: 12 }, () => record(tenantId)));
    expect(ids.filter((id) => id !== null)).toHaveLength(1);
    expect(await record(tenantId, "next episode")).not.toBeNull();
  });

  test("goes with the caller's transaction", async () => {
    const { tenantId } = await tenantWith([]);
    const undone = systemDb().transaction(async (tx) => {
      await notify(tx, { tenantId, dedupeKey: "undone", ...RESUMED });
      throw new Error("rolled back");
    });
    await expect(undone).rejects.toThrow("rolled back");
    expect(await sql`select 1 from notifications where tenant_id = ${tenantId}`).toHaveLength(0);
  });
});

describe("delivering", () => {
  test("one mail to each owner and admin, in their language; none to members", async () => {
    const { tenantId, emails } = await tenantWith([
      { role: "owner" },
      { role: "admin", locale: "zh-CN" },
      { role: "member" },
    ]);
    const id = await record(tenantId);
    expect(await deliver(tenantId, id as string)).toBe("sent");
    const [owner, admin, member] = await Promise.all(emails.map(mailsTo));
    expect(owner?.map((each) => each.subject)).toEqual([`Auto-recharge for Tenant ${counter} is on again`]);
    expect(admin?.map((each) => each.subject)).toEqual([`Tenant ${counter} 的自动充值已恢复`]);
    expect(owner?.[0]?.html).toContain("<!DOCTYPE html");
    expect(member).toEqual([]);
    expect((await rowOf(id as string))?.sent_at).not.toBeNull();
  });

  test("whoever never chose a language is written to in the organisation's", async () => {
    const { tenantId, emails } = await tenantWith([{ role: "owner", locale: NO_LOCALE }]);
    await sql`update tenants set locale = 'zh-CN' where tenant_id = ${tenantId}`;
    await deliver(tenantId, (await record(tenantId)) as string);
    expect((await mailsTo(emails[0] ?? "")).map((each) => each.subject)).toEqual([
      `Tenant ${counter} 的自动充值已恢复`,
    ]);
  });

  test("in the language that was chosen last", async () => {
    const { tenantId, emails } = await tenantWith([{ role: "owner" }]);
    const [owner] = await sql<{ id: UserId }[]>`select user_id as id from users where email = ${emails[0] as string}`;
    const id = (await record(tenantId)) as string;
    await setLocale(owner?.id as UserId, "zh-CN");
    await deliver(tenantId, id);
    expect((await mailsTo(emails[0] as string)).map((each) => each.subject)).toEqual([
      `Tenant ${counter} 的自动充值已恢复`,
    ]);
  });

  test("once, by eight workers at the same time and again later", async () => {
    const { tenantId, emails } = await tenantWith([{ role: "owner" }]);
    const id = (await record(tenantId)) as string;
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => deliver(tenantId, id)));
    expect(outcomes.filter((outcome) => outcome === "sent")).toHaveLength(1);
    expect(await deliver(tenantId, id)).toBe("skipped");
    await deliverUnsent(100);
    expect(await mailsTo(emails[0] as string)).toHaveLength(1);
  });

  test("the sweep sends what no event announced, and what a dead worker had claimed", async () => {
    setClockForTests("2026-11-21T12:00:00Z");
    const { tenantId, emails } = await tenantWith([{ role: "owner" }]);
    const id = (await record(tenantId)) as string;
    await sql`update notifications set claimed_until = '2026-11-21T12:02:00Z', attempts = 1 where notification_id = ${id}`;
    await deliverUnsent(100);
    expect(await mailsTo(emails[0] as string)).toHaveLength(0);
    expect(await nextDeliveryAt()).toEqual(new Date("2026-11-21T12:02:00Z"));
    advanceClockForTests(121_000);
    expect(await deliverUnsent(100)).toEqual({ sent: 1, failed: 0 });
    const [sent] = await mailsTo(emails[0] as string);
    expect(sent?.at).toBe("2026-11-21T12:02:01.000Z");
    expect(await nextDeliveryAt()).toBeNull();
  });

  test("another tenant's id delivers nothing", async () => {
    const [{ tenantId }, other] = [await tenantWith([{ role: "owner" }]), await tenantWith([{ role: "owner" }])];
    const id = (await record(tenantId)) as string;
    expect(await deliver(other.tenantId, id)).toBe("skipped");
    expect((await rowOf(id))?.attempts).toBe(0);
    await deliver(tenantId, id);
  });
});

describe("in the app", () => {
  test("the list speaks the reader's language and hides what was read; a tenant sees only its own", async () => {
    const { tenantId } = await tenantWith([{ role: "owner" }]);
    const { tenantId: otherId } = await tenantWith([{ role: "owner" }]);
    const [scope, other] = [systemScope(tenantId), systemScope(otherId)];
    const first = (await record(tenantId, "1")) as string;
    await record(tenantId, "2", {
      kind: "low_balance",
      params: { balanceMinor: -5_000, minMinor: 15_000, reason: "rule_off" },
    });
    const [newest] = await listNotices(scope, { limit: 10, locale: "zh-CN" });
    expect(newest).toMatchObject({
      title: "余额偏低：-$50.00",
      href: "/auto-recharge",
      kind: "low_balance",
      readAt: null,
    });
    await markRead(scope, first);
    expect(await listNotices(scope, { limit: 10, unreadOnly: true })).toHaveLength(1);
    expect(await listNotices(scope, { limit: 10 })).toHaveLength(2);
    expect(await listNotices(other, { limit: 10 })).toEqual([]);
    await expect(markRead(other, first)).rejects.toMatchObject({ code: "not_found" });
    await deliverUnsent(100);
  });
});

describe("a server that refuses", () => {
  test("an address that is gone does not hold up the notice; a busy server is asked again, later and later", async () => {
    setClockForTests("2026-12-01T12:00:00Z");
    await new Promise<void>((ready) => void gruff.listen(0, "127.0.0.1", ready));
    const address = gruff.server.address() as { port: number };
    const mailbox = env().SMTP_URL;
    // The configuration is cached by design: the cached value is changed and put back.
    Object.assign(env(), { SMTP_URL: `smtp://127.0.0.1:${address.port}` });
    try {
      const gone = await tenantWith([{ role: "owner", email: "gone@gruff.test" }, { role: "admin" }]);
      const goneId = (await record(gone.tenantId)) as string;
      expect(await deliver(gone.tenantId, goneId)).toBe("sent");

      const busy = await tenantWith([{ role: "owner", email: "busy@gruff.test" }]);
      const busyId = (await record(busy.tenantId)) as string;
      expect(await deliver(busy.tenantId, busyId)).toBe("failed");
      expect(await rowOf(busyId)).toMatchObject({
        sent_at: null,
        attempts: 1,
        last_error: expect.stringContaining("451"),
      });
      expect(await deliver(busy.tenantId, busyId)).toBe("skipped");
      advanceClockForTests(61_000);
      expect(await deliver(busy.tenantId, busyId)).toBe("failed");
      advanceClockForTests(61_000);
      expect(await deliver(busy.tenantId, busyId)).toBe("skipped");
      expect(await nextDeliveryAt()).toEqual(new Date("2026-12-01T12:03:01Z"));
    } finally {
      Object.assign(env(), { SMTP_URL: mailbox });
      await new Promise<void>((closed) => gruff.close(closed));
    }
  });
});
