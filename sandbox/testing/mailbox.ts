import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll } from "vitest";
import { type RunningMail, startMail } from "../mail/server";

export type Mail = { to: string; subject: string; text: string };

export interface Mailbox {
  /** What an address was sent, oldest first. */
  to(email: string): Promise<Mail[]>;
  /** The secret of the link in the last mail to an address. */
  secret(email: string): Promise<string>;
}

/** A real mail server for a test file; call it after `useTestDatabase()`, before anything reads the configuration. */
export function useMailbox(): Mailbox {
  const folder = mkdtempSync(path.join(tmpdir(), "evenkeel-mail-"));
  let mail: RunningMail | undefined;
  beforeAll(async () => {
    mail = await startMail({ dataDir: folder, smtpPort: 0, httpPort: 0 });
    process.env.SMTP_URL = mail.smtpUrl;
  });
  afterAll(async () => {
    await mail?.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const to = async (email: string) => {
    const answer = await fetch(`${mail?.url}/api/messages?to=${encodeURIComponent(email)}`);
    return (await answer.json()) as Mail[];
  };
  return {
    to,
    secret: async (email) => /token=([\w-]+)/.exec((await to(email)).at(-1)?.text ?? "")?.[1] ?? "",
  };
}
