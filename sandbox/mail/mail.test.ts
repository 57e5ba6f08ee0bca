import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createTransport } from "nodemailer";
import { afterEach, beforeEach, expect, test } from "vitest";
import { setClockForTests } from "@/lib/clock";
import { type RunningMail, startMail } from "./server";
import type { Mail } from "./store";

let dataDir: string;
let mail: RunningMail;

const start = () => startMail({ dataDir, smtpPort: 0, httpPort: 0 });
const list = async (query = "") => (await (await fetch(`${mail.url}/api/messages${query}`)).json()) as Mail[];
const send = (to: string, subject: string, html?: string) =>
  createTransport(mail.smtpUrl).sendMail({
    from: '"Evenkeel" <billing@evenkeel.test>',
    to,
    subject,
    text: `${subject} – 余额`,
    html,
  });

beforeEach(async () => {
  dataDir = mkdtempSync(path.join(tmpdir(), "evenkeel-mail-"));
  mail = await start();
});
afterEach(async () => {
  setClockForTests(null);
  await mail.close();
  rmSync(dataDir, { recursive: true });
});

test("keeps what it was sent, newest last, at the moved time", async () => {
  setClockForTests("2027-03-01T10:00:00Z");
  await send("olivia@acme.test", "Charged $668.85", "<p>Charged</p>");
  setClockForTests("2027-03-02T10:00:00Z");
  await send("Adam <adam@acme.test>, mia@acme.test", "自动充值");
  const mails = await list();
  expect(mails).toHaveLength(2);
  expect(mails[0]).toMatchObject({
    to: "olivia@acme.test",
    from: "Evenkeel <billing@evenkeel.test>",
    subject: "Charged $668.85",
    at: "2027-03-01T10:00:00.000Z",
  });
  expect(mails[0]?.html).toContain("<p>Charged</p>");
  expect(mails[1]).toMatchObject({ to: "adam@acme.test, mia@acme.test", subject: "自动充值", html: null });
  expect(mails[1]?.text).toContain("余额");
  expect(await list("?to=mia@acme.test")).toHaveLength(1);
  expect(await list("?to=nobody@acme.test")).toHaveLength(0);
});

test("survives a restart, and half a line left by a kill", async () => {
  await send("olivia@acme.test", "One");
  await mail.close();
  appendFileSync(path.join(dataDir, "messages.jsonl"), '{"id":"half');
  mail = await start();
  await send("olivia@acme.test", "Two");
  await mail.close();
  mail = await start();
  expect((await list()).map((m) => m.subject)).toEqual(["One", "Two"]);
  await fetch(`${mail.url}/api/messages`, { method: "DELETE" });
  expect(await list()).toEqual([]);
});

test("shows mails without running what is in them", async () => {
  await send(
    "olivia@acme.test",
    "<script>alert(1)</script>",
    "<script>alert(2)</script><a href='https://x.test'>x</a>",
  );
  const [received] = await list();
  const page = await (await fetch(`${mail.url}/messages/${received?.id}`)).text();
  expect(page).not.toContain("<script>alert(1)");
  expect(page).toContain("None of them left this machine");
  expect(page).toMatch(/<iframe[^>]+sandbox="allow-popups allow-popups-to-escape-sandbox"/);
  const body = await fetch(`${mail.url}/messages/${received?.id}/html`);
  expect(body.headers.get("content-security-policy")).toContain("script-src 'none'");
  expect((await fetch(`${mail.url}/messages/nothing`)).status).toBe(404);
});
